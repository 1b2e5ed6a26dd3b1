package io.stompline.websocket.tyrus;

import io.stompline.websocket.stream.LingeringClose;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A handshake that is upgraded to an {@link AdaptedUpgrade} around Tyrus' own handler. Other handlers are left alone.
 */
final class AdaptedRequest extends HttpServletRequestWrapper {
    private final AdaptationReport report;
    private final LingeringClose.Timing timing;
    private final int readBufferBytes;
    private final Runnable upgraded;

    /**
     * Wraps a request.
     *
     * @param timing waits for the end of the connection
     * @param readBufferBytes octets that the WebSocket implementation keeps of an incomplete frame
     * @param upgraded called when the WebSocket implementation upgrades it
     */
    AdaptedRequest(
            HttpServletRequest request,
            AdaptationReport report,
            LingeringClose.Timing timing,
            int readBufferBytes,
            Runnable upgraded) {
        super(request);
        this.report = report;
        this.timing = timing;
        this.readBufferBytes = readBufferBytes;
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
        Optional<GrizzlySocket> socket = adaptSocket();
        Runnable abortion =
                socket.map(known -> abortion(report, known.connection())).orElse(() -> {});
        Runnable retirement =
                socket.map(known -> retirement(report, known.response())).orElse(() -> {});
        Supplier<Optional<WebConnection>> last =
                socket.map(known -> last(report, known.catalina())).orElse(Optional::empty);
        super.upgrade(AdaptedUpgrade.class)
                .adapt(
                        handler.get(),
                        new AdaptedUpgrade.Terms(
                                report, getRemoteAddr(), readBufferBytes, abortion, retirement, last, timing));
        return handler.get();
    }

    private static <T> T newTyrusHandler(Class<T> type) throws ReflectiveOperationException {
        if (!type.getName().equals(AdaptedUpgrade.TYRUS_HANDLER)) {
            throw new ClassNotFoundException("not Tyrus but " + type.getName());
        }
        return type.getConstructor().newInstance();
    }

    /** Sets the limits of the socket; empty if the server is not made of Grizzly. */
    private Optional<GrizzlySocket> adaptSocket() {
        Optional<GrizzlySocket> found = report.find(Adaptation.SOCKET_ABORT, () -> GrizzlySocket.of(getRequest()));
        if (found.isEmpty()) {
            Set.of(Adaptation.WRITE_QUEUE_LIMIT, Adaptation.RETIRED_STREAMS, Adaptation.COPY_LIMIT)
                    .forEach(missing -> report.missing(missing, "no socket of Grizzly"));
            return found;
        }
        GrizzlySocket socket = found.get();
        report.attempt(Adaptation.WRITE_QUEUE_LIMIT, () -> WriteQueueLimit.apply(socket));
        report.attempt(Adaptation.COPY_LIMIT, () -> CopyLimit.apply(socket));
        report.attempt(Adaptation.RETIRED_STREAMS, () -> RetiredStreams.check(socket));
        return found;
    }

    // Static, so that what they return does not hold this request for as long as the connection lasts.

    private static Runnable abortion(AdaptationReport report, Object connection) {
        return () -> report.attempt(Adaptation.SOCKET_ABORT, () -> SocketAbort.apply(connection));
    }

    private static Runnable retirement(AdaptationReport report, Object response) {
        return () -> report.attempt(Adaptation.RETIRED_STREAMS, () -> RetiredStreams.retire(response));
    }

    private static Supplier<Optional<WebConnection>> last(AdaptationReport report, Object catalina) {
        return () -> report.find(Adaptation.RETIRED_STREAMS, () -> RetiredStreams.last(catalina));
    }
}
