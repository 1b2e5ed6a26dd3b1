package io.stompline.websocket.tyrus;

import jakarta.servlet.http.WebConnection;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * A connection that is aborted 10 s after it was closed.
 *
 * <p>Grizzly (seen in 4.0.2) closes a socket when its client has read all that is queued, and waits for that without a
 * limit.
 */
@SuppressWarnings("try") // what close() throws is the container's affair
final class LingeringClose extends ForwardingConnection {
    private static final String ABORT = "terminateSilently";

    /** How long queued bytes may take to be read. */
    private static final Duration LINGER = Duration.ofSeconds(10);

    private final Runnable abortion;
    private final BiConsumer<Duration, Runnable> timer;

    /**
     * Wraps a connection.
     *
     * @param abortion closes its socket at once
     * @param timer runs a task after that time
     */
    LingeringClose(WebConnection connection, Runnable abortion, BiConsumer<Duration, Runnable> timer) {
        super(connection);
        this.abortion = abortion;
        this.timer = timer;
    }

    static void probe(ServerClasses server) throws ReflectiveOperationException {
        GrizzlySocket.connectionType(server).getMethod(ABORT);
    }

    /** Closes the socket of a {@link GrizzlySocket#connection} at once, whatever is queued; nothing if it is closed. */
    static void abort(Object connection) throws ReflectiveOperationException {
        connection.getClass().getMethod(ABORT).invoke(connection);
    }

    @Override
    public void close() throws Exception {
        try {
            super.close();
        } finally {
            timer.accept(LINGER, abortion);
        }
    }
}
