package io.stompline.e2e.support;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;

/** A client that sends WebSocket pings as fast as it can and reads nothing, not even pongs. One thread at a time. */
public final class PingFlood implements AutoCloseable {
    private static final int PINGS_AT_A_TIME = 500;
    private static final int PING_BYTES = 125;

    private final RawSocket socket;

    /** Opens a WebSocket and logs in. */
    public PingFlood(URI uri) throws IOException {
        socket = new RawSocket(uri, "");
    }

    /** Returns when the server has closed the connection, not only its WebSocket. */
    public void sendUntilClosed() {
        ByteArrayOutputStream pings = new ByteArrayOutputStream();
        for (int i = 0; i < PINGS_AT_A_TIME; i++) {
            pings.writeBytes(RawSocket.frame(0x89, new byte[PING_BYTES]));
        }
        assertThatThrownBy(() -> {
                    while (!Thread.interrupted()) {
                        socket.write(pings.toByteArray());
                    }
                })
                .isInstanceOf(SocketException.class);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
