package io.stompline.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A WebSocket client that answers nothing by itself, neither pings nor a close. One thread at a time. */
public final class RawSocket implements AutoCloseable {
    private static final int MASKED = 0x80;
    private static final int CLOSE = 0x88;
    private static final int LENGTH_IN_TWO = 126;
    private static final int LENGTH_IN_EIGHT = 127;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Socket socket;
    private final InputStream input;

    private final String handshake;

    /** A message of the server: the first octet of its frame, which has the reserved bits, and its payload, as Latin-1. */
    public record Message(int first, String payload) {}

    /** Opens a WebSocket. */
    public RawSocket(URI uri) throws IOException {
        this(uri, Optional.empty());
    }

    private RawSocket(URI uri, Optional<String> extensions) throws IOException {
        socket = new Socket(uri.getHost(), uri.getPort());
        input = new BufferedInputStream(socket.getInputStream());
        String request = "GET " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + extensions
                        .map(offers -> "Sec-WebSocket-Extensions: " + offers + "\r\n")
                        .orElse("")
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
        write(request.getBytes(StandardCharsets.US_ASCII));
        handshake = readThrough("\r\n\r\n");
    }

    /** Opens a WebSocket and logs in with further headers, each with its end of line. */
    public RawSocket(URI uri, String headers) throws IOException {
        this(uri);
        byte[] connect = ("CONNECT\naccept-version:1.2\nhost:h\n" + headers + "login:user1\npasscode:user1\n\n\0")
                .getBytes(StandardCharsets.US_ASCII);
        write(frame(0x81, connect));
        readThrough("user-name:user1\n\n\0");
    }

    /** Opens a WebSocket with this value of {@code Sec-WebSocket-Extensions}. */
    public static RawSocket offering(URI uri, String extensions) throws IOException {
        return new RawSocket(uri, Optional.of(extensions));
    }

    /** The head of the answer that opened the WebSocket. */
    public String handshake() {
        return handshake;
    }

    /** Reads one frame of the server. */
    public Message readMessage() throws IOException {
        int first = input.read();
        long length = input.read();
        if (length == LENGTH_IN_TWO || length == LENGTH_IN_EIGHT) {
            byte[] octets = input.readNBytes(length == LENGTH_IN_TWO ? Short.BYTES : Long.BYTES);
            length = new BigInteger(1, octets).longValueExact();
        }
        if (length < 0) {
            throw new AssertionError("the end");
        }
        byte[] payload = input.readNBytes(Math.toIntExact(length));
        return new Message(first, new String(payload, StandardCharsets.ISO_8859_1));
    }

    /** Writes octets as they are. */
    public void write(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
    }

    /** Writes these octets again and again until the server sends something. */
    public void writeUntilAnswered(byte[] octets) throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (input.available() == 0) {
            assertThat(System.nanoTime()).as("nothing within %s", LIMIT).isLessThan(deadline);
            write(octets);
        }
    }

    /** Reads octets until these were the last, as Latin-1. */
    public String readThrough(String last) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf(last, answer.length() - last.length()) < 0) {
            int octet = input.read();
            if (octet < 0) {
                throw new AssertionError("the end after " + answer.substring(Math.max(0, answer.length() - 200)));
            }
            answer.append((char) octet);
        }
        return answer.toString();
    }

    /** All octets until the server closes the socket, as Latin-1. */
    public String readToEnd() throws IOException {
        return new String(input.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** All octets until the server's Close frame, as Latin-1, which is then answered. */
    public String readToClose() throws IOException {
        StringBuilder answer = new StringBuilder();
        boolean answered = false;
        for (int octet = input.read(); octet >= 0; octet = input.read()) {
            if (octet == CLOSE && !answered) {
                answered = true;
                write(frame(CLOSE, new byte[0]));
            }
            answer.append((char) octet);
        }
        return answer.toString();
    }

    /** A WebSocket frame with a mask of zeros. */
    public static byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length < LENGTH_IN_TWO) {
            frame.write(MASKED | payload.length);
        } else {
            frame.write(MASKED | LENGTH_IN_EIGHT);
            frame.writeBytes(
                    ByteBuffer.allocate(Long.BYTES).putLong(payload.length).array());
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /** The octets of a Close frame's code, as Latin-1; its reason follows. */
    public static String closeFrame(int code) {
        return new String(new byte[] {(byte) (code >> 8), (byte) code}, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
