package io.stompline.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that sends WebSocket pings as fast as it can and reads nothing, not even pongs. One thread at a time. */
public final class PingFlood implements AutoCloseable {
    private static final int PINGS_AT_A_TIME = 500;
    private static final int PING_BYTES = 125;
    private static final int MASKED = 0x80;

    private final Socket socket;

    /** Opens a WebSocket and logs in. */
    public PingFlood(URI uri) throws IOException {
        socket = new Socket(uri.getHost(), uri.getPort());
        String request = "GET " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        readThrough("\r\n\r\n");
        byte[] connect = "CONNECT\naccept-version:1.2\nhost:h\nlogin:user1\npasscode:user1\n\n\0"
                .getBytes(StandardCharsets.US_ASCII);
        socket.getOutputStream().write(frame(0x81, connect));
        readThrough("\0");
    }

    /** Returns when the server has closed the connection, not only its WebSocket. */
    public void sendUntilClosed() {
        ByteArrayOutputStream pings = new ByteArrayOutputStream();
        for (int i = 0; i < PINGS_AT_A_TIME; i++) {
            pings.writeBytes(frame(0x89, new byte[PING_BYTES]));
        }
        assertThatThrownBy(() -> {
                    while (!Thread.interrupted()) {
                        socket.getOutputStream().write(pings.toByteArray());
                    }
                })
                .isInstanceOf(SocketException.class);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void readThrough(String last) throws IOException {
        InputStream input = socket.getInputStream();
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith(last)) {
            int octet = input.read();
            assertThat(octet).as("after %s", answer).isNotNegative();
            answer.append((char) octet);
        }
    }

    /** A frame with a mask of zeros. */
    private static byte[] frame(int first, byte[] payload) {
        assertThat(payload.length).isLessThan(126);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        frame.write(MASKED | payload.length);
        frame.writeBytes(new byte[Integer.BYTES]);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }
}
