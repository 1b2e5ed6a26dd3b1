package io.stompline.websocket.stream;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;

/**
 * A connection that fails to read, which closes it, while its client leaves more than 1,000 pongs unread.
 *
 * <p>Tyrus (seen in 2.1.5) answers pings itself without calling the endpoint, and queues the pongs that the socket does
 * not take without a limit.
 */
@SuppressWarnings("try") // what close() throws is the container's affair
public final class PongFloodGuard extends ForwardingConnection {
    private final ServletInputStream input;
    private final ServletOutputStream output;

    /** Guards a connection of a client with that address. */
    public PongFloodGuard(WebConnection connection, String remoteAddress) throws IOException {
        super(connection);
        PongDebt debt = new PongDebt(remoteAddress);
        input = new PingCount(connection.getInputStream(), debt);
        output = new PongCount(connection.getOutputStream(), debt);
    }

    @Override
    public ServletInputStream getInputStream() {
        return input;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return output;
    }

    private static final class PingCount extends Input {
        private final PongDebt debt;

        PingCount(ServletInputStream stream, PongDebt debt) {
            super(stream);
            this.debt = debt;
        }

        @Override
        public int read(byte[] bytes, int offset, int size) throws IOException {
            debt.check();
            int read = super.read(bytes, offset, size);
            debt.received(bytes, offset, Math.max(0, read));
            return read;
        }
    }

    private static final class PongCount extends Output {
        private final PongDebt debt;

        PongCount(ServletOutputStream stream, PongDebt debt) {
            super(stream);
            this.debt = debt;
        }

        @Override
        public void write(byte[] bytes, int offset, int size) throws IOException {
            super.write(bytes, offset, size);
            debt.sent(bytes, offset, size);
        }
    }
}
