package io.stompline.websocket.stream;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;

/** A connection that forwards all calls to another; subclasses override the calls that they change. */
@SuppressWarnings("try") // what close() throws is the container's affair
public class ForwardingConnection implements WebConnection {
    private final WebConnection connection;

    /** Forwards to an open connection. */
    protected ForwardingConnection(WebConnection connection) {
        this.connection = connection;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return connection.getInputStream();
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return connection.getOutputStream();
    }

    @Override
    public void close() throws Exception {
        connection.close();
    }

    /** A stream that forwards all calls to another. */
    public static class Input extends ServletInputStream {
        private final ServletInputStream stream;

        /** Forwards to an open stream. */
        public Input(ServletInputStream stream) {
            this.stream = stream;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int offset, int size) throws IOException {
            return stream.read(bytes, offset, size);
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

    /** A stream that forwards all calls to another. */
    public static class Output extends ServletOutputStream {
        private final ServletOutputStream stream;

        /** Forwards to an open stream. */
        public Output(ServletOutputStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int size) throws IOException {
            stream.write(bytes, offset, size);
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
