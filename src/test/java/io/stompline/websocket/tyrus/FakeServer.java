package io.stompline.websocket.tyrus;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A server that has the members of Tyrus and Grizzly that the adaptations use, with the limits that were set on its one
 * socket.
 */
final class FakeServer {
    /** Finds no class. */
    static final ServerClasses FOREIGN = new ServerClasses(new Foreign(), new Foreign());

    private static final Known LOADER = new Known();
    static final ServerClasses KNOWN = new ServerClasses(LOADER, LOADER);

    final GrizzlyConnection connection = new GrizzlyConnection();
    final OutputBuffer output = new OutputBuffer();
    final Response response = new Response(this);

    /** How often the container's last connection of the request was closed. */
    int closed;

    /** What the last request was upgraded to; null before. */
    HttpUpgradeHandler upgraded;

    /** What Tyrus' container has. */
    static final class Container {
        ScheduledExecutorService managedScheduledExecutorService = Executors.newSingleThreadScheduledExecutor();
    }

    /** Not public, so that its proxies are of this package and may be called. */
    interface RequestFacade extends HttpServletRequest {
        CatalinaRequest getUnwrappedCoyoteRequest();
    }

    record CatalinaRequest(GrizzlyRequest request) {
        public GrizzlyRequest getCoyoteRequest() {
            return request;
        }

        public WebConnection getWebConnection() {
            return StandIn.of(WebConnection.class, Map.of("close", unused -> ++request.server.closed));
        }
    }

    record GrizzlyRequest(FakeServer server) {
        public Context getContext() {
            return new Context(server);
        }

        public Response getResponse() {
            return server.response;
        }
    }

    record Context(FakeServer server) {
        public GrizzlyConnection getConnection() {
            return server.connection;
        }
    }

    /** What Grizzly keeps of a request that waits for its end. */
    enum SuspendState {
        NONE,
        SUSPENDED,
        CANCELLED
    }

    static final class Response {
        SuspendState suspendState = SuspendState.NONE;
        private final FakeServer server;

        Response(FakeServer server) {
            this.server = server;
        }

        public OutputBuffer getOutputBuffer() {
            return server.output;
        }

        public Object getSuspendContext() {
            return this;
        }
    }

    /** Grizzly's transport with its own writer, as of Grizzly 5. */
    static final class Transport {
        int hardLimitFactor = 4;

        public Transport getWriter(boolean blocking) {
            return this;
        }

        public void setPendingBytesHardLimitMultiplier(int factor) {
            hardLimitFactor = factor;
        }
    }

    /** What Grizzly waits for at a socket. */
    enum IoEvent {
        NONE,
        READ
    }

    /** Is told of the end of a socket. */
    interface CloseListener {
        void onClosed();
    }

    static final class GrizzlyConnection {
        int queueBytes;
        IoEvent read = IoEvent.NONE;
        CloseListener closeListener = () -> {};
        final Transport transport = new Transport();
        boolean terminated;
        final FakeListener listener = new FakeListener();
        private final FakeListener.Attributes attributes = new FakeListener.Attributes();

        public List<Object> getProcessor() {
            return listener.filters();
        }

        public FakeListener.Attributes getAttributes() {
            return attributes;
        }

        public Transport getTransport() {
            return transport;
        }

        public void setMaxAsyncWriteQueueSize(int bytes) {
            queueBytes = bytes;
        }

        public void enableIOEvent(IoEvent event) {
            read = event;
        }

        public void addCloseListener(CloseListener listener) {
            closeListener = listener;
        }

        public void terminateSilently() {
            terminated = true;
        }
    }

    static final class OutputBuffer {
        int bufferBytes;

        public void setBufferSize(int bytes) {
            bufferBytes = bytes;
        }
    }

    /** A handshake that came by this server. */
    HttpServletRequest request() {
        CatalinaRequest request = new CatalinaRequest(new GrizzlyRequest(this));
        return StandIn.of(
                RequestFacade.class,
                Map.of(
                        "getUnwrappedCoyoteRequest", unused -> request,
                        "getRemoteAddr", unused -> "192.0.2.1",
                        "getProtocol", unused -> "HTTP/1.1",
                        "upgrade", this::upgrade));
    }

    /** A handshake that came by a server of another make. */
    HttpServletRequest foreignRequest() {
        return StandIn.of(
                HttpServletRequest.class, Map.of("getRemoteAddr", unused -> "192.0.2.1", "upgrade", this::upgrade));
    }

    private Object upgrade(Object... type) {
        try {
            upgraded = (HttpUpgradeHandler)
                    ((Class<?>) type[0]).getDeclaredConstructor().newInstance();
            response.suspendState = SuspendState.SUSPENDED;
            return upgraded;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An open session of this server with such a remote endpoint. */
    static Session session(RemoteEndpoint.Async remote) {
        return StandIn.of(
                Session.class,
                Map.of("getAsyncRemote", unused -> remote, "getNegotiatedExtensions", unused -> List.of()));
    }

    static Optional<Object> container() {
        return Optional.of(new Container());
    }

    private static final class Known extends ClassLoader {
        Known() {
            super(FakeServer.class.getClassLoader());
        }

        @Override
        public Class<?> loadClass(String name) throws ClassNotFoundException {
            return name.equals("org.apache.catalina.connector.RequestFacade")
                    ? RequestFacade.class
                    : super.loadClass(name);
        }
    }

    private static final class Foreign extends ClassLoader {
        Foreign() {
            super(null);
        }
    }
}
