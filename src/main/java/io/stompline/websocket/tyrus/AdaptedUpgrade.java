package io.stompline.websocket.tyrus;

import io.stompline.websocket.stream.FrameGuard;
import io.stompline.websocket.stream.LingeringClose;
import io.stompline.websocket.stream.PongFloodGuard;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Stands between the container and Tyrus' upgrade handler to adapt one connection. Public for the container, which
 * makes it.
 */
public final class AdaptedUpgrade implements HttpUpgradeHandler {
    /** The handler that Tyrus asks the container for (seen in 2.1.5). */
    static final String TYRUS_HANDLER = "org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler";

    /** The guard of the connection that Tyrus opens on this thread; set for that time only. */
    private static final ThreadLocal<FrameGuard> OPENING = new ThreadLocal<>();

    private HttpUpgradeHandler tyrus;
    private Terms terms;

    /**
     * The adaptations of one connection.
     *
     * @param report told of the adaptations that this connection does not have
     * @param remoteAddress of the client
     * @param readBufferBytes octets that Tyrus keeps of an incomplete frame
     * @param abortion closes the socket at once
     * @param retirement withholds closed streams from other connections
     * @param last the connection of this handshake that the container closes
     * @param timing waits for its end
     */
    record Terms(
            AdaptationReport report,
            String remoteAddress,
            int readBufferBytes,
            Runnable abortion,
            Runnable retirement,
            Supplier<Optional<WebConnection>> last,
            LingeringClose.Timing timing) {}

    /** Called before the container calls {@link #init}. */
    void adapt(HttpUpgradeHandler handler, Terms ofConnection) {
        tyrus = handler;
        terms = ofConnection;
    }

    @Override
    public void init(WebConnection connection) {
        try {
            RetiredStreams streams = new RetiredStreams(connection, terms.last);
            LingeringClose closing = new LingeringClose(streams, terms.abortion, terms.timing);
            FrameGuard guard = new FrameGuard(closing, terms.readBufferBytes);
            ReadBufferRelease adapted = new ReadBufferRelease(new PongFloodGuard(guard, terms.remoteAddress));
            AdaptationReport report = terms.report;
            report.attempt(Adaptation.FRAME_GUARD, () -> {});
            init(adapted, guard);
            report.attempt(Adaptation.HANDSHAKE_RELEASE, () -> HandshakeRelease.apply(tyrus));
            report.attempt(Adaptation.READ_BUFFER_RELEASE, () -> adapted.start(ReadBuffers.of(tyrus)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The connection that Tyrus is opening on this thread. */
    static Optional<FrameGuard> opening() {
        return Optional.ofNullable(OPENING.get());
    }

    /** Tyrus (seen in 2.1.5) opens the session of the endpoint in there. */
    private void init(ReadBufferRelease connection, FrameGuard guard) {
        OPENING.set(guard);
        try {
            tyrus.init(connection);
        } finally {
            OPENING.remove();
        }
    }

    /** The container calls it on the thread that closes, before it gives the request away. */
    @Override
    public void destroy() {
        terms.retirement.run();
        tyrus.destroy();
    }
}
