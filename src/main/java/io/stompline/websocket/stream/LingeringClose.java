package io.stompline.websocket.stream;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A connection that lingers when it is closed: reads on and discards until the client has sent its Close frame or
 * closed the socket (RFC 6455, 7.1.1; STOMP 1.2 "Connection Lingering").
 *
 * <p>A socket that is closed while the client still writes is reset, and the reset throws away the ERROR, the RECEIPTs
 * and the Close frame that the client has not read. A client that goes on for 10 s or 64 MiB is cut off. When the
 * socket is closed at last, the client has 10 s to read the queued bytes: Grizzly (seen in 4.0.2) waits for that
 * without a limit.
 *
 * <p>Thread-safe; one thread at a time reads.
 */
@SuppressWarnings("try") // what close() throws is the container's affair
public final class LingeringClose extends ForwardingConnection {
    private static final System.Logger LOG = System.getLogger(LingeringClose.class.getName());
    private static final Duration LINGER = Duration.ofSeconds(10);
    private static final Duration ABORT = Duration.ofSeconds(10);
    private static final long MAX_DISCARDED_BYTES = 64L * 1024 * 1024;

    /** The node as the connection uses it. */
    public interface Timing {
        /** Runs a short task after that time. */
        void later(Duration delay, Runnable task);

        /** Notes that a connection lingers. The returned task is run when it no longer does, perhaps twice. */
        Runnable lingers();
    }

    private enum State {
        OPEN,
        LINGERING,
        CLOSED
    }

    private final Runnable abortion;
    private final Timing timing;
    private final Discarding input;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    /** Whether the client sent a Close frame, or nothing can come of it any more. */
    private volatile boolean clientClosed;

    private volatile Runnable lingered = () -> {};

    /**
     * Wraps an open connection.
     *
     * @param abortion closes its socket at once
     */
    public LingeringClose(WebConnection connection, Runnable abortion, Timing timing) throws IOException {
        super(connection);
        this.abortion = abortion;
        this.timing = timing;
        this.input = new Discarding(connection.getInputStream());
    }

    @Override
    public ServletInputStream getInputStream() {
        return input;
    }

    /** Closes the socket at once if the client has closed, else later. Idempotent. */
    @Override
    public void close() {
        if (!state.compareAndSet(State.OPEN, State.LINGERING)) {
            return;
        }
        lingered = timing.lingers();
        if (clientClosed || state.get() == State.CLOSED) {
            lingered.run();
            closeSocket();
        } else {
            timing.later(LINGER, this::closeSocket);
        }
    }

    private void clientHasClosed() {
        clientClosed = true;
        if (state.get() == State.LINGERING) {
            closeSocket();
        }
    }

    private void closeSocket() {
        if (state.getAndSet(State.CLOSED) == State.CLOSED) {
            return;
        }
        try {
            super.close();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.DEBUG, "the socket is closed", e);
        } finally {
            lingered.run();
            timing.later(ABORT, abortion);
        }
    }

    /** Passes on the bytes that are read until the connection lingers. */
    private final class Discarding extends Input {
        private final FrameScan frames = new FrameScan((opcode, masked, length) -> {
            if (opcode == FrameScan.CLOSE) {
                clientHasClosed();
            }
        });
        private long discarded;

        Discarding(ServletInputStream stream) {
            super(stream);
        }

        @Override
        public int read(byte[] bytes, int offset, int size) throws IOException {
            int read;
            try {
                read = super.read(bytes, offset, size);
            } catch (IOException e) {
                clientHasClosed();
                throw e;
            }
            boolean lingering = state.get() != State.OPEN;
            if (read < 0) {
                clientHasClosed();
                return read;
            }
            frames.scan(bytes, offset, read);
            if (!lingering) {
                return read;
            }
            discarded += read;
            if (discarded > MAX_DISCARDED_BYTES) {
                closeSocket();
            }
            return 0;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            super.setReadListener(new EndOfStream(listener));
        }
    }

    /** Passes on the container's events of the input, and notes its end. */
    private final class EndOfStream implements ReadListener {
        private final ReadListener listener;

        EndOfStream(ReadListener listener) {
            this.listener = listener;
        }

        @Override
        public void onDataAvailable() throws IOException {
            listener.onDataAvailable();
        }

        @Override
        public void onAllDataRead() throws IOException {
            clientHasClosed();
            listener.onAllDataRead();
        }

        @Override
        public void onError(Throwable problem) {
            clientHasClosed();
            listener.onError(problem);
        }
    }
}
