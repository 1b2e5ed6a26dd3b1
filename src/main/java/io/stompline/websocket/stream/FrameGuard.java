package io.stompline.websocket.stream;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A connection that passes on no frame that breaks a rule which Tyrus does not check, or checks only when the whole
 * frame is there: unmasked, of a reserved length, larger than the server takes. Discards the bytes after it.
 *
 * <p>Tyrus (seen in 2.1.5) answers such a frame with 1011 and a stack trace in the log for each, or takes it.
 *
 * <p>One thread at a time reads.
 */
@SuppressWarnings("try") // what close() throws is the container's affair
public final class FrameGuard extends ForwardingConnection {
    /** The longest frame header, with its mask. */
    private static final int MAX_HEADER_BYTES = 14;

    private final Checked input;

    /** Closes the connection unless {@link #onFault} says else. */
    private volatile Consumer<FrameFault> listener;

    private volatile Progress progress = (octets, unfinished) -> {};

    /** Is told how far the client has come with what it sends. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Octets were read.
         *
         * @param unfinished the number of the message that they have begun and not ended, another one for each; 0 if
         *     they ended with a message. A control frame between two messages counts as one
         */
        void read(int octets, long unfinished);
    }

    /**
     * Guards an open connection.
     *
     * @param bufferBytes octets that the server keeps of an incomplete frame, its header included
     */
    public FrameGuard(WebConnection connection, int bufferBytes) throws IOException {
        super(connection);
        this.input = new Checked(connection.getInputStream(), bufferBytes - MAX_HEADER_BYTES);
        this.listener = fault -> closeQuietly(connection);
    }

    /** Reports the first fault, on the reading thread, when all bytes before it were passed on. */
    public void onFault(Consumer<FrameFault> told) {
        listener = told;
    }

    /** Has each read told, on the reading thread, before it is passed on. */
    public void onRead(Progress told) {
        progress = told;
    }

    @Override
    public ServletInputStream getInputStream() {
        return input;
    }

    private static void closeQuietly(WebConnection connection) {
        try {
            connection.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Checked extends Input {
        private final long maxBytes;
        private final FrameScan frames = new FrameScan(this::check);
        private Optional<FrameFault> fault = Optional.empty();
        private int faultAt;
        private boolean told;

        Checked(ServletInputStream stream, long maxBytes) {
            super(stream);
            this.maxBytes = maxBytes;
        }

        private void check(int opcode, boolean masked, long length) {
            if (fault.isEmpty()) {
                fault = faultOf(masked, length);
                faultAt = frames.headerAt();
            }
        }

        private Optional<FrameFault> faultOf(boolean masked, long length) {
            if (!masked) {
                return Optional.of(FrameFault.unmasked());
            }
            if (length < 0) {
                return Optional.of(FrameFault.reservedLength());
            }
            return length > maxBytes ? Optional.of(FrameFault.tooLarge(length, maxBytes)) : Optional.empty();
        }

        /**
         * Reads an incomplete frame no further than its end: Tyrus keeps bytes that were read beyond together with it.
         */
        @Override
        public int read(byte[] bytes, int offset, int size) throws IOException {
            long rest = frames.untilEnd();
            int read = super.read(bytes, offset, rest > 0 ? (int) Math.min(rest, size) : size);
            if (read <= 0) {
                return read;
            }
            if (fault.isPresent()) {
                return 0;
            }
            frames.scan(bytes, offset, read);
            progress.read(read, frames.unfinished());
            return fault.isPresent() ? faultAt - offset : read;
        }

        /** Tyrus asks after each read, when it has handled the bytes. */
        @Override
        public boolean isReady() {
            if (fault.isPresent() && !told) {
                told = true;
                listener.accept(fault.get());
            }
            return super.isReady();
        }
    }
}
