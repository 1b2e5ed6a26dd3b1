package io.stompline.websocket.tyrus;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.util.Optional;

/**
 * The socket of a request, as Grizzly has it (seen in 4.0.2), for what servlets cannot ask for. Thread-safe.
 *
 * <p>Grizzly takes some megabytes for a client that does not read before it says that the socket is full, and to close a
 * connection it first waits until the client has read all of it, for ever.
 */
final class GrizzlySocket {
    private static final System.Logger LOG = System.getLogger(GrizzlySocket.class.getName());

    private final Object response;
    private final Object connection;

    private GrizzlySocket(Object response, Object connection) {
        this.response = response;
        this.connection = connection;
    }

    /** The socket below a request; empty on a server that is not made of Grizzly. */
    static Optional<GrizzlySocket> of(ServletRequest request) {
        ServletRequest innermost = request;
        while (innermost instanceof ServletRequestWrapper wrapper) {
            innermost = wrapper.getRequest();
        }
        try {
            Object catalina = call(innermost, "getUnwrappedCoyoteRequest");
            Object grizzly = call(catalina, "getCoyoteRequest");
            return Optional.of(new GrizzlySocket(
                    call(grizzly, "getResponse"), call(call(grizzly, "getContext"), "getConnection")));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "this server is not made of Grizzly", e);
            return Optional.empty();
        }
    }

    /** How much may wait for the socket before it counts as full; above that one write more. */
    void limitQueue(int bytes) {
        try {
            connection
                    .getClass()
                    .getMethod("setMaxAsyncWriteQueueSize", int.class)
                    .invoke(connection, bytes);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "the queue of a socket keeps its limit", e);
        }
    }

    /**
     * Sends what is larger than that as it is. What is smaller it copies into a new buffer of that size, 8 KiB if it is not told
     * otherwise. Only before the response begins; setBufferSize of servlets makes it larger only.
     */
    void limitCopies(int bytes) {
        try {
            Object buffer = call(response, "getOutputBuffer");
            buffer.getClass().getMethod("setBufferSize", int.class).invoke(buffer, bytes);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "the buffer of a socket keeps its size", e);
        }
    }

    /** Closes it at once, whatever waits; nothing if it is closed. */
    void abort() {
        try {
            call(connection, "terminateSilently");
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a socket cannot be closed at once", e);
        }
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }
}
