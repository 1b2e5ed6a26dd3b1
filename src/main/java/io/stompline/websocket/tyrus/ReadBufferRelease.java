package io.stompline.websocket.tyrus;

import io.stompline.websocket.stream.ForwardingConnection;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;

/** A connection that releases large read buffers each time that its input is read to the end. */
@SuppressWarnings("try") // what close() throws is the container's affair
final class ReadBufferRelease extends ForwardingConnection {
    private final Releasing input;

    ReadBufferRelease(WebConnection connection) throws IOException {
        super(connection);
        this.input = new Releasing(connection.getInputStream());
    }

    @Override
    public ServletInputStream getInputStream() {
        return input;
    }

    /** Begins when the connection is open: before, Tyrus has no buffers. */
    void start(ReadBuffers buffers) {
        input.buffers = buffers;
    }

    private static final class Releasing extends Input {
        /** Null until the connection is open. */
        private volatile ReadBuffers buffers;

        Releasing(ServletInputStream stream) {
            super(stream);
        }

        /** Tyrus asks before each read, when it has consumed the bytes read before. */
        @Override
        public boolean isReady() {
            ReadBuffers used = buffers;
            if (used != null) {
                used.release();
            }
            return super.isReady();
        }
    }
}
