package io.stompline.websocket.tyrus;

import io.stompline.websocket.deflate.DeflateExtension;
import io.stompline.websocket.stream.FrameFault;
import io.stompline.websocket.stream.FrameGuard;
import io.stompline.websocket.stream.LingeringClose;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.Extension;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Installs all adaptations to Tyrus and Grizzly. Thread-safe.
 *
 * <p>Says in one INFO line at start which are active; a defence that is not is a WARNING with what happens without
 * it. A fault that shows at a connection only is logged then, once. Whatever is missing, connections work.
 */
public final class ServerAdaptations {
    private static final String CONTAINER = "jakarta.websocket.server.ServerContainer";
    private static final String READ_BUFFER = "org.glassfish.tyrus.servlet.incoming-buffer-size";

    /** The default of Tyrus (seen in 2.1.5). */
    private static final int DEFAULT_READ_BUFFER = 4_194_315;

    /** The application has this class to itself. */
    private static final ServerAdaptations OF_APPLICATION = new ServerAdaptations();

    private final AdaptationReport report = new AdaptationReport();
    private final WatchedListeners listeners = new WatchedListeners(report, System::nanoTime);

    /** Whether Tyrus upgraded a request of ours, as it does before it opens a session. */
    private volatile boolean upgraded;

    /** The octets that Tyrus keeps of an incomplete WebSocket frame. */
    private volatile int readBufferBytes = DEFAULT_READ_BUFFER;

    ServerAdaptations() {}

    /** Writes to one WebSocket without reading the bytes. */
    public interface DirectWriter {
        /**
         * Writes frames; thread-safe.
         *
         * @param frames whole WebSocket frames, final and not masked (RFC 6455, 5.2)
         * @param done called once, perhaps before this returns: whether the socket took them
         */
        void write(ByteBuffer frames, Consumer<Boolean> done);
    }

    /** The socket of an answer that goes on for long; nothing happens where several answers share it. */
    public interface AnswerSocket {
        /**
         * Runs a task when the client closes it, on a thread of the server. Called when the thread that took the
         * request has left; no other request may follow on the socket.
         */
        void noticeEnd(Runnable gone);

        /** Closes it at once, whatever is queued. */
        void abort();
    }

    /** Checks whether an adaptation finds the members that it needs. */
    @FunctionalInterface
    private interface Probe {
        void run(ServerClasses server) throws ReflectiveOperationException;
    }

    /** The adaptations of this application. */
    public static ServerAdaptations ofApplication() {
        return OF_APPLICATION;
    }

    /** Adapts the WebSocket container of an application; looks for all classes that connections will need. */
    public void install(ServletContext context) {
        Optional<Object> container = Optional.ofNullable(context.getAttribute(CONTAINER));
        Optional.ofNullable(context.getInitParameter(READ_BUFFER))
                .ifPresent(octets -> readBufferBytes = Integer.parseInt(octets));
        install(container, ServerClasses.of(container, context));
    }

    void install(Optional<Object> container, ServerClasses server) {
        for (Adaptation adaptation : Adaptation.values()) {
            report.attempt(adaptation, () -> probe(adaptation, container).run(server));
        }
        report.logActive(ServerVersions.of(server));
    }

    /** Loads the class of an adaptation only here, where a class of Tyrus that is missing is caught. */
    private static Probe probe(Adaptation adaptation, Optional<Object> container) {
        return switch (adaptation) {
            case IDLE_TIMER_BYPASS ->
                server -> IdleTimerBypass.apply(
                        server, container.orElseThrow(() -> new ClassNotFoundException("no " + CONTAINER)));
            case FRAME_GUARD, PONG_FLOOD_GUARD -> server -> server.ofTyrus(AdaptedUpgrade.TYRUS_HANDLER);
            case WRITE_QUEUE_LIMIT -> WriteQueueLimit::probe;
            case SOCKET_ABORT -> SocketAbort::probe;
            case RETIRED_STREAMS -> RetiredStreams::probe;
            case HEADER_DEADLINE -> HeaderDeadline::probe;
            case END_NOTICE -> EndNotice::probe;
            case COPY_LIMIT -> CopyLimit::probe;
            case DIRECT_WRITER -> TyrusWriter::probe;
            case READ_BUFFER_RELEASE -> ReadBuffers::probe;
            case HANDSHAKE_RELEASE -> HandshakeRelease::probe;
        };
    }

    /** Has each connection counted that is closed because the header of a request did not end. */
    public void countSlowRequests(Runnable each) {
        listeners.count(each);
    }

    /**
     * Watches the listener that a request came by for headers that do not end, from the first request to the endpoint
     * on. The start class sends one.
     */
    public void watchListener(HttpServletRequest request, LingeringClose.Timing timing) {
        report.attempt(Adaptation.HEADER_DEADLINE, () -> listeners.add(GrizzlySocket.of(request), timing::later));
    }

    /** Leaves the server as the next application expects it. */
    public void uninstall() {
        listeners.removeAll();
    }

    /** Sets status and headers of an answer; also the reason, where the server can be told one. */
    public static void setHead(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            String reason,
            Map<String, String> headers) {
        response.setStatus(status);
        try {
            GrizzlySocket.setHead(request, status, reason, headers);
        } catch (ReflectiveOperationException | RuntimeException otherServer) {
            // Its own reason does; clients read the number.
            headers.forEach(response::setHeader);
        }
    }

    /**
     * The request of an opening handshake, to be passed to the WebSocket container.
     *
     * @param timing waits for the end of the connection
     */
    public HttpServletRequest wrap(HttpServletRequest request, LingeringClose.Timing timing) {
        return new AdaptedRequest(request, report, timing, readBufferBytes, () -> upgraded = true);
    }

    /**
     * The socket of a request whose answer goes on for long. What the server queues for its client is bounded from now
     * on.
     */
    public AnswerSocket longAnswer(HttpServletRequest request) {
        // From HTTP/2 on answers share a socket.
        Optional<Object> connection = request.getProtocol().startsWith("HTTP/1")
                ? report.find(Adaptation.SOCKET_ABORT, () -> GrizzlySocket.of(request))
                        .map(this::bound)
                : Optional.empty();
        return new AnswerSocket() {
            @Override
            public void noticeEnd(Runnable gone) {
                connection.ifPresent(
                        known -> report.attempt(Adaptation.END_NOTICE, () -> new EndNotice(gone).apply(known)));
            }

            @Override
            public void abort() {
                connection.ifPresent(known -> report.attempt(Adaptation.SOCKET_ABORT, () -> SocketAbort.apply(known)));
            }
        };
    }

    private Object bound(GrizzlySocket socket) {
        report.attempt(Adaptation.WRITE_QUEUE_LIMIT, () -> WriteQueueLimit.apply(socket));
        return socket.connection();
    }

    /**
     * Reports the first refused frame of a connection, when all bytes before it were passed on. Called by the endpoint
     * while it opens the connection.
     */
    public void onFault(Consumer<FrameFault> listener) {
        AdaptedUpgrade.opening().ifPresent(guard -> guard.onFault(listener));
    }

    /**
     * Has each read of a connection told, also of a part of a frame. Called by the endpoint while it opens the
     * connection.
     */
    public void onRead(FrameGuard.Progress listener) {
        AdaptedUpgrade.opening().ifPresent(guard -> guard.onRead(listener));
    }

    /**
     * The writer of an open session; empty if Tyrus has more to do with its frames than to write them, or another
     * server has it.
     */
    public Optional<DirectWriter> writer(Session session) {
        if (!upgraded) {
            String reason = "a session was opened without HttpServletRequest.upgrade";
            Adaptation.atUpgrade().forEach(adaptation -> report.missing(adaptation, reason));
        }
        if (hasForeignExtensions(session) || session.getMaxIdleTimeout() > 0) {
            return Optional.empty();
        }
        return report.find(Adaptation.DIRECT_WRITER, () -> TyrusWriter.of(session));
    }

    /** Ours changes nothing of what is sent. Where there are none its class, which needs Tyrus, is not looked at. */
    private static boolean hasForeignExtensions(Session session) {
        List<Extension> agreed = session.getNegotiatedExtensions();
        return !agreed.isEmpty() && !agreed.stream().allMatch(DeflateExtension::isOurs);
    }

    /** Number of adaptations that are active. */
    public int active() {
        return report.active();
    }

    /** Number of adaptations that protect other clients but are not active. */
    public int missingDefences() {
        return report.missingDefences();
    }
}
