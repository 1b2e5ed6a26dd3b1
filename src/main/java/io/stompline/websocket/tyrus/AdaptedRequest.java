package io.stompline.websocket.tyrus;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A handshake that is upgraded to an {@link AdaptedUpgrade} around Tyrus' own handler. Other handlers are left alone.
 */
final class AdaptedRequest extends HttpServletRequestWrapper {
    private final AdaptationReport report;
    private final BiConsumer<Duration, Runnable> timer;
    private final Runnable upgraded;

    /**
     * Wraps a request.
     *
     * @param timer runs a task after that time
     * @param upgraded called when the WebSocket implementation upgrades it
     */
    AdaptedRequest(
            HttpServletRequest request,
            AdaptationReport report,
            BiConsumer<Duration, Runnable> timer,
            Runnable upgraded) {
        super(request);
        this.report = report;
        this.timer = timer;
        this.upgraded = upgraded;
    }

    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> type) throws IOException, ServletException {
        upgraded.run();
        Optional<T> handler = report.find(Adaptation.PONG_FLOOD_GUARD, () -> newTyrusHandler(type));
        if (handler.isEmpty()) {
            Adaptation.atUpgrade().forEach(missing -> report.missing(missing, "upgraded by " + type.getName()));
            return super.upgrade(type);
        }
        Runnable abortion = adaptSocket();
        super.upgrade(AdaptedUpgrade.class)
                .adapt(
                        handler.get(),
                        new AdaptedUpgrade.Terms(report, getRemoteAddr(), getUserPrincipal() != null, abortion, timer));
        return handler.get();
    }

    private static <T> T newTyrusHandler(Class<T> type) throws ReflectiveOperationException {
        if (!type.getName().equals(AdaptedUpgrade.TYRUS_HANDLER)) {
            throw new ClassNotFoundException("not Tyrus but " + type.getName());
        }
        return type.getConstructor().newInstance();
    }

    /** Sets the limits of the socket; the task that closes it at once. */
    private Runnable adaptSocket() {
        Optional<GrizzlySocket> found = report.find(Adaptation.LINGERING_CLOSE, () -> GrizzlySocket.of(getRequest()));
        if (found.isEmpty()) {
            report.missing(Adaptation.WRITE_QUEUE_LIMIT, "no socket of Grizzly");
            report.missing(Adaptation.COPY_LIMIT, "no socket of Grizzly");
            return () -> {};
        }
        GrizzlySocket socket = found.get();
        report.attempt(Adaptation.WRITE_QUEUE_LIMIT, () -> WriteQueueLimit.apply(socket));
        report.attempt(Adaptation.COPY_LIMIT, () -> CopyLimit.apply(socket));
        return abortion(report, socket.connection());
    }

    /** Static, so that the task does not hold the request for as long as the connection lasts. */
    private static Runnable abortion(AdaptationReport report, Object connection) {
        return () -> report.attempt(Adaptation.LINGERING_CLOSE, () -> LingeringClose.abort(connection));
    }
}
