package io.stompline.websocket.tyrus;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;

/** A connection that reads no more when its client is owed too many pongs: reading fails then, and so the connection ends. */
@SuppressWarnings("try") // what close() throws is the container's affair
final class PongCountingConnection implements WebConnection {
    private final WebConnection connection;
    private final Runnable afterClose;
    private final Input input;
    private final ServletOutputStream output;

    PongCountingConnection(WebConnection connection, PongDebt debt, Runnable afterClose) throws IOException {
        this.connection = connection;
        this.afterClose = afterClose;
        this.input = new Input(connection.getInputStream(), debt);
        this.output = new Output(connection.getOutputStream(), debt);
    }

    @Override
    public ServletInputStream getInputStream() {
        return input;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return output;
    }

    /** Has these let go of what they need no more whenever what came was read. */
    void readInto(ReadBuffers buffers) {
        input.buffers = buffers;
    }

    @Override
    public void close() throws Exception {
        try {
            connection.close();
        } finally {
            afterClose.run();
        }
    }

    private static final class Input extends ServletInputStream {
        private final ServletInputStream stream;
        private final PongDebt debt;

        /** Null while the connection opens. */
        private volatile ReadBuffers buffers;

        Input(ServletInputStream stream, PongDebt debt) {
            this.stream = stream;
            this.debt = debt;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int offset, int size) throws IOException {
            debt.check();
            int read = stream.read(bytes, offset, size);
            debt.received(bytes, offset, Math.max(0, read));
            return read;
        }

        @Override
        public int available() throws IOException {
            return stream.available();
        }

        @Override
        public boolean isFinished() {
            return stream.isFinished();
        }

        @Override
        public boolean isReady() {
            ReadBuffers used = buffers;
            if (used != null) {
                used.release();
            }
            return stream.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            stream.setReadListener(listener);
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }

    private static final class Output extends ServletOutputStream {
        private final ServletOutputStream stream;
        private final PongDebt debt;

        Output(ServletOutputStream stream, PongDebt debt) {
            this.stream = stream;
            this.debt = debt;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet});
        }

        @Override
        public void write(byte[] bytes, int offset, int size) throws IOException {
            stream.write(bytes, offset, size);
            debt.sent(bytes, offset, size);
        }

        @Override
        public void flush() throws IOException {
            stream.flush();
        }

        @Override
        public boolean isReady() {
            return stream.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            stream.setWriteListener(listener);
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
