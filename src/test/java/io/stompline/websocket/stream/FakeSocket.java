package io.stompline.websocket.stream;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.WebConnection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** An open socket from which given bytes come. */
public final class FakeSocket implements WebConnection {
    private final InputStream received;

    /** How often it was closed. */
    public int closed;

    private FakeSocket(byte[] received) {
        this.received = new ByteArrayInputStream(received);
    }

    /** One from which these bytes come. */
    public static FakeSocket of(byte[] received) {
        return new FakeSocket(received);
    }

    @Override
    public ServletInputStream getInputStream() {
        return new ForwardingConnection.Input(null) {
            @Override
            public int read(byte[] into, int offset, int size) throws IOException {
                return received.read(into, offset, size);
            }

            @Override
            public boolean isReady() {
                try {
                    return received.available() > 0;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void setReadListener(ReadListener listener) {
                // The test reads by itself.
            }
        };
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return new ForwardingConnection.Output(null) {
            @Override
            public void write(byte[] from, int offset, int size) {
                // The client does not look.
            }
        };
    }

    @Override
    public void close() {
        closed++;
    }
}
