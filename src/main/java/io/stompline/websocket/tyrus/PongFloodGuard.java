package io.stompline.websocket.tyrus;

import io.stompline.gateway.StompGateway;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeInfo;
import org.glassfish.tyrus.spi.Writer;

/**
 * Stands between the container and Tyrus, so that clients that do not read cannot fill the memory, whether they are still
 * connected or not, and that others need little of it.
 *
 * <p>Tyrus (seen in 2.1.5) answers pings itself, the endpoint does not hear of them, and it queues the pongs that the socket does
 * not take without a limit. There is no setting against it. Another implementation of WebSocket is left alone.
 */
public final class PongFloodGuard implements HttpUpgradeHandler {
    private static final System.Logger LOG = System.getLogger(PongFloodGuard.class.getName());

    private static final String TYRUS = "org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler";
    private static final int MAX_QUEUE_BYTES = 128 * 1024;

    /** A small message with its headers. */
    private static final int MAX_COPY_BYTES = 512;

    /** How long what waits may take to leave when a connection is closed. */
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private HttpUpgradeHandler handler;
    private boolean authenticated;
    private PongDebt debt;
    private Runnable afterClose;

    /** The request, to be handed to the WebSocket implementation. */
    public static HttpServletRequest watch(HttpServletRequest request, StompGateway gateway) {
        return new Request(request, gateway);
    }

    private static void limit(GrizzlySocket socket) {
        socket.limitQueue(MAX_QUEUE_BYTES);
        socket.limitCopies(MAX_COPY_BYTES);
    }

    @Override
    public void init(WebConnection connection) {
        try {
            PongCountingConnection watched = new PongCountingConnection(connection, debt, afterClose);
            handler.init(watched);
            forgetHandshake();
            ReadBuffers.of(handler).ifPresent(watched::readInto);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tyrus needs its request and response no more, but would keep both, 2.6 KiB, for as long as the connection lasts. */
    private void forgetHandshake() {
        try {
            handler.getClass()
                    .getMethod("preInit", UpgradeInfo.class, Writer.class, boolean.class)
                    .invoke(handler, null, null, authenticated);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            LOG.log(System.Logger.Level.DEBUG, "a handshake is kept in memory", e);
        }
    }

    @Override
    public void destroy() {
        handler.destroy();
    }

    private static final class Request extends HttpServletRequestWrapper {
        private final StompGateway gateway;

        Request(HttpServletRequest request, StompGateway gateway) {
            super(request);
            this.gateway = gateway;
        }

        @Override
        public <T extends HttpUpgradeHandler> T upgrade(Class<T> type) throws IOException, ServletException {
            if (!type.getName().equals(TYRUS)) {
                return super.upgrade(type);
            }
            T handler = newInstance(type);
            Optional<GrizzlySocket> socket = GrizzlySocket.of(getRequest());
            socket.ifPresent(PongFloodGuard::limit);
            PongFloodGuard watched = super.upgrade(PongFloodGuard.class);
            watched.handler = handler;
            watched.authenticated = getUserPrincipal() != null;
            watched.debt = new PongDebt(getRemoteAddr());
            watched.afterClose = afterClose(socket, gateway);
            return handler;
        }

        /** Keeps nothing of the request. */
        private static Runnable afterClose(Optional<GrizzlySocket> socket, StompGateway gateway) {
            return () -> socket.ifPresent(found -> gateway.later(FAREWELL, found::abort));
        }

        private static <T> T newInstance(Class<T> type) throws ServletException {
            try {
                return type.getConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new ServletException(e);
            }
        }
    }
}
