package io.stompline.websocket.tyrus;

import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * Stands between the container and Tyrus' upgrade handler to adapt one connection. Public for the container, which
 * makes it.
 */
public final class AdaptedUpgrade implements HttpUpgradeHandler {
    /** The handler that Tyrus asks the container for (seen in 2.1.5). */
    static final String TYRUS_HANDLER = "org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler";

    private HttpUpgradeHandler tyrus;
    private Terms terms;

    /**
     * What one connection is adapted by; holds no request, which would stay in memory.
     *
     * @param report where adaptations fail that this connection does not have
     * @param remoteAddress of the client
     * @param authenticated whether the servlet container knows the user
     * @param abortion closes the socket at once
     * @param timer runs a task after that time
     */
    record Terms(
            AdaptationReport report,
            String remoteAddress,
            boolean authenticated,
            Runnable abortion,
            BiConsumer<Duration, Runnable> timer) {}

    /** Called before the container calls {@link #init}. */
    void adapt(HttpUpgradeHandler handler, Terms ofConnection) {
        tyrus = handler;
        terms = ofConnection;
    }

    @Override
    public void init(WebConnection connection) {
        try {
            LingeringClose closing = new LingeringClose(connection, terms.abortion, terms.timer);
            ReadBufferRelease adapted = new ReadBufferRelease(new PongFloodGuard(closing, terms.remoteAddress));
            tyrus.init(adapted);
            AdaptationReport report = terms.report;
            report.attempt(Adaptation.HANDSHAKE_RELEASE, () -> HandshakeRelease.apply(tyrus, terms.authenticated));
            report.attempt(Adaptation.READ_BUFFER_RELEASE, () -> adapted.start(ReadBuffers.of(tyrus)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void destroy() {
        tyrus.destroy();
    }
}
