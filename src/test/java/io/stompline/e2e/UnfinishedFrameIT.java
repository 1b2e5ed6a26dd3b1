package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.RawSocket;
import io.stompline.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that begin what they do not end, on the wire. */
@Tag(Server.ANY)
class UnfinishedFrameIT {
    private static final String HALF = "SEND\ndestination:/topic/half\n\n";
    private static final int FRAGMENT = 0x01;
    private static final int TEXT = 0x81;

    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.demo()
                .with("stompline.frame.timeout", "2000")
                .with("stompline.connect-timeout", "2000")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /**
     * What a client sends first, and then again and again; as Latin-1.
     *
     * @param more nothing, or one octet, within the same WebSocket frame or in one of its own
     */
    record Beginning(String first, String more) {}

    private static Stream<Beginning> beginnings() {
        String octet = "x";
        String halfHeader = "\u0081\u00ff\0";
        String halfPayload = "\u0081\u00e4\0\0\0\0SEND";
        return Stream.of(
                new Beginning(halfHeader, ""),
                new Beginning(halfPayload, ""),
                new Beginning(halfPayload, octet),
                new Beginning(frame(TEXT, HALF), ""),
                new Beginning(frame(TEXT, HALF), frame(TEXT, octet)),
                new Beginning(frame(FRAGMENT, "\n"), ""),
                new Beginning(frame(FRAGMENT, HALF), frame(0, octet)));
    }

    private static String frame(int first, String payload) {
        byte[] octets = payload.getBytes(StandardCharsets.ISO_8859_1);
        return new String(RawSocket.frame(first, octets), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @MethodSource("beginnings")
    @Timeout(60)
    void frame_unfinished_endsTheConnection(Beginning beginning) throws Exception {
        try (RawSocket socket = new RawSocket(server.stompUri(), "heart-beat:0,0\n")) {
            assertEnds(socket, beginning, "frame not finished in time", "stompline.frame.timeout");
        }
    }

    @ParameterizedTest
    @MethodSource("beginnings")
    @Timeout(60)
    void frame_unfinishedBeforeConnect_endsByTheConnectTimeout(Beginning beginning) throws Exception {
        try (RawSocket socket = new RawSocket(server.stompUri())) {
            assertEnds(socket, beginning, "no CONNECT in time", "stompline.connect-timeout");
        }
    }

    @Test
    void frame_largeOnASlowLine_isTaken() throws Exception {
        byte[] frame = RawSocket.frame(
                TEXT,
                ("SEND\ndestination:/topic/slow\nreceipt:r\n\n" + "x".repeat(60_000) + "\0")
                        .getBytes(StandardCharsets.US_ASCII));
        try (RawSocket socket = new RawSocket(server.stompUri(), "heart-beat:1000,0\n")) {
            int parts = 12;
            int size = frame.length / parts + 1;
            for (int at = 0; at < frame.length; at += size) {
                socket.write(Arrays.copyOfRange(frame, at, Math.min(frame.length, at + size)));
                await().pollDelay(Duration.ofMillis(500)).until(() -> true);
            }
            socket.readThrough("RECEIPT\nreceipt-id:r\n\n\0");
        }
    }

    @Test
    void frame_none_isNotUnfinished() throws Exception {
        try (RawClient idle = RawClient.connected(server.stompUri(), "1.2")) {
            await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
            assertThat(idle.isOpen()).isTrue();
        }
    }

    /** Goes on until an ERROR with that message has come, and a Close frame with the code 1008. */
    private static void assertEnds(RawSocket socket, Beginning beginning, String message, String setting)
            throws IOException {
        drip(socket, beginning.first());
        CompletableFuture<Void> end = CompletableFuture.runAsync(() -> {
            try {
                socket.readThrough("ERROR\nmessage:" + message + "\n");
                socket.readThrough("(" + setting + ")");
                socket.readThrough("\u0003\u00f0" + message);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    drip(socket, beginning.more());
                    return end.isDone();
                });
        end.join();
    }

    private static void drip(RawSocket socket, String more) {
        try {
            socket.write(more.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException closed) {
            // The server has ended it.
        }
    }
}
