package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.MetricsPage;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.RawSocket;
import io.stompline.e2e.support.SharedServer;
import io.stompline.server.ServerProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code permessage-deflate} (RFC 7692) on the wire. */
class CompressionIT {
    private static final String OFFER = "permessage-deflate; client_max_window_bits";
    private static final int FRAME_MAX_BYTES = 1_100_000;

    private static final int FINAL = 0x80;
    private static final int RSV1 = 0x40;
    private static final int RSV2 = 0x20;
    private static final int TEXT = 1;
    private static final int PING = 9;
    private static final int PONG = 10;

    private static final String JSON = "{\"symbol\":\"ACME\",\"price\":17.25,\"größe\":3},".repeat(100);

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.demo()
                .with("stompline.rules.file", SharedServer.RULES)
                .with("stompline.metrics.role", "admin")
                .with("stompline.compression", "on")
                .with("stompline.frame.max-bytes", Integer.toString(FRAME_MAX_BYTES))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                OFFER,
                "permessage-deflate; server_max_window_bits=10, permessage-deflate; client_no_context_takeover",
                "x-webkit-deflate-frame, permessage-deflate; server_no_context_takeover"
            })
    void handshake_offer_isAgreedOnWithoutContext(String offers) throws IOException {
        try (RawSocket socket = RawSocket.offering(server.stompUri(), offers)) {
            assertThat(socket.handshake())
                    .startsWith("HTTP/1.1 101 ")
                    .containsPattern(
                            "(?i)\r\nSec-WebSocket-Extensions: *permessage-deflate; *server_no_context_takeover;"
                                    + " *client_no_context_takeover\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-webkit-deflate-frame",
                "permessage-deflate; server_max_window_bits=10",
                "permessage-deflate; a=b",
                ";;=,\""
            })
    void handshake_offerThatIsNotOurs_isDeclined(String offers) throws IOException {
        try (RawSocket socket = RawSocket.offering(server.stompUri(), offers)) {
            assertThat(socket.handshake())
                    .startsWith("HTTP/1.1 101 ")
                    .doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
        }
    }

    @Test
    void messages_toManySubscribers_areDeflatedOnceAndPlainForThoseWithout() throws Exception {
        List<RawSocket> subscribers = new ArrayList<>();
        try (Clients without = new Clients(server.stompUri())) {
            RawClient plain = without.subscriber("/topic/deflate.many");
            for (int i = 0; i < 20; i++) {
                RawSocket socket = connected();
                subscribers.add(socket);
                write(socket, "SUBSCRIBE\nid:s" + i + "\ndestination:/topic/deflate.many\nreceipt:r\n\n\0");
                assertThat(read(socket)).startsWith("RECEIPT\n");
            }
            MetricsPage before = freshMetrics();
            Clients.send(without.connect(), "/topic/deflate.many", JSON);
            String body = plain.next();
            assertThat(body).startsWith("MESSAGE\nsubscription:s\n").endsWith("\n\n" + JSON);
            for (int i = 0; i < subscribers.size(); i++) {
                RawSocket.Message message = subscribers.get(i).readMessage();
                assertThat(message.first()).isEqualTo(FINAL | RSV1 | TEXT);
                assertThat(message.payload()).hasSizeLessThan(JSON.length() / 5);
                assertThat(inflated(message.payload()))
                        .isEqualTo(body.replace("subscription:s\n", "subscription:s" + i + "\n") + "\0");
            }
            MetricsPage after = freshMetrics();
            assertThat(deflations(after) - deflations(before)).isEqualTo(1);
            long plainOctets = 20L * body.getBytes(StandardCharsets.UTF_8).length;
            assertThat(after.number("compression_bytes_saved_total") - before.number("compression_bytes_saved_total"))
                    .isBetween(plainOctets * 4 / 5, plainOctets);
        } finally {
            for (RawSocket socket : subscribers) {
                socket.close();
            }
        }
    }

    @Test
    void messages_littleOrCompressedAlready_goOutAsTheyAre() throws Exception {
        try (RawSocket socket = connected();
                Clients others = new Clients(server.stompUri())) {
            write(socket, "SUBSCRIBE\nid:s\ndestination:/topic/deflate.plain\nreceipt:r\n\n\0");
            assertThat(read(socket)).startsWith("RECEIPT\n");
            RawClient sender = others.connect();
            Clients.send(sender, "/topic/deflate.plain", "little");
            Clients.send(sender, "/topic/deflate.plain\ncontent-type:image/svg+xml", JSON);
            Clients.send(sender, "/topic/deflate.plain\ncontent-encoding:identity", JSON);
            for (int i = 0; i < 3; i++) {
                assertThat(socket.readMessage().first()).isEqualTo(FINAL | TEXT);
            }
        }
    }

    @Test
    void client_compressedFragmentsWithAPingBetween_areOneFrame() throws Exception {
        try (RawSocket socket = connected()) {
            byte[] blocks = deflated("SEND\ndestination:/topic/deflate.in\nreceipt:fragments\n\n" + JSON + "\0");
            socket.write(RawSocket.frame(RSV1 | TEXT, Arrays.copyOf(blocks, 10)));
            socket.write(RawSocket.frame(FINAL | PING, "p".getBytes(StandardCharsets.US_ASCII)));
            socket.write(RawSocket.frame(0, Arrays.copyOfRange(blocks, 10, 20)));
            socket.write(RawSocket.frame(FINAL, Arrays.copyOfRange(blocks, 20, blocks.length)));
            assertThat(socket.readMessage().first()).isEqualTo(FINAL | PONG);
            assertThat(read(socket)).isEqualTo("RECEIPT\nreceipt-id:fragments\n\n\0");
            write(socket, "SEND\ndestination:/topic/deflate.in\nreceipt:plain\n\nplain\0");
            assertThat(read(socket)).isEqualTo("RECEIPT\nreceipt-id:plain\n\n\0");
        }
    }

    @Test
    void client_finalBlock_endsTheMessage() throws Exception {
        try (RawSocket socket = connected()) {
            Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
            byte[] blocks = new byte[1000];
            deflater.setInput(
                    "SEND\ndestination:/topic/deflate.in\nreceipt:final\n\n\0".getBytes(StandardCharsets.UTF_8));
            deflater.finish();
            int size = deflater.deflate(blocks);
            deflater.end();
            // RFC 7692, 7.2.3.4: an empty block behind it.
            socket.write(RawSocket.frame(FINAL | RSV1 | TEXT, Arrays.copyOf(blocks, size + 1)));
            assertThat(read(socket)).isEqualTo("RECEIPT\nreceipt-id:final\n\n\0");
        }
    }

    /** Frames of two hexadecimal digits each: the first octet. */
    @ParameterizedTest
    @CsvSource({"c0, ''", "01, 40", "41, c0", "41, c1", "c9, ''", "e1, ''"})
    void client_reservedBitWhereItMustNotBe_is1002(String first, String second) throws Exception {
        try (RawSocket socket = connected()) {
            for (String frame : List.of(first, second)) {
                if (!frame.isEmpty()) {
                    int octet = Integer.parseInt(frame, 16);
                    byte[] payload = (octet & RSV1) == 0 ? new byte[] {'\n'} : deflated("\n");
                    socket.write(RawSocket.frame(octet, payload));
                }
            }
            assertThat(socket.readToClose()).contains(RawSocket.closeFrame(1002));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {RSV1, RSV2})
    void client_reservedBitThatWasNotAgreed_is1002(int bit) throws Exception {
        try (RawSocket socket = new RawSocket(server.stompUri(), "")) {
            socket.write(RawSocket.frame(FINAL | bit | TEXT, deflated("\n")));
            assertThat(socket.readToClose()).contains(RawSocket.closeFrame(1002));
        }
    }

    @Test
    void client_noDeflate_is1002WithAnError() throws Exception {
        try (RawSocket socket = connected()) {
            socket.write(RawSocket.frame(FINAL | RSV1 | TEXT, new byte[] {7, 7, 7}));
            assertThat(socket.readToClose()).contains("ERROR\n", "cannot be inflated", RawSocket.closeFrame(1002));
        }
    }

    @Test
    void bomb_ofOneGib_is1009WithTheSetting() throws Exception {
        byte[] bomb = bomb(1024);
        assertThat(bomb.length).isBetween(1_000_000, FRAME_MAX_BYTES);
        try (RawSocket socket = connected()) {
            socket.write(RawSocket.frame(FINAL | RSV1 | TEXT, bomb));
            assertThat(socket.readToClose())
                    .contains("ERROR\n", "stompline.frame.max-bytes", RawSocket.closeFrame(1009));
        }
    }

    @Test
    void bomb_beforeConnected_is1009AtTheSmallerLimit() throws Exception {
        try (RawSocket socket = RawSocket.offering(server.stompUri(), OFFER)) {
            socket.write(RawSocket.frame(FINAL | RSV1 | TEXT, deflated("\n".repeat(30_000))));
            assertThat(socket.readToClose()).contains("ERROR\n", "more than 20480 octets", RawSocket.closeFrame(1009));
        }
    }

    private static long deflations(MetricsPage page) {
        return page.number("messages_deflated_total");
    }

    /**
     * The counts of the page are set once a second, one after the other: when one of them has changed twice, all show what
     * was before this call.
     */
    private static MetricsPage freshMetrics() throws Exception {
        assertThat(afterALogin().text()).isNotEmpty();
        return afterALogin();
    }

    private static MetricsPage afterALogin() throws Exception {
        long logins = MetricsPage.of(server).number("sessions_connected_total");
        try (RawClient client = RawClient.connected(server.stompUri(), "1.2")) {
            assertThat(client.isOpen()).isTrue();
            return await().until(
                            () -> MetricsPage.of(server), page -> page.number("sessions_connected_total") > logins);
        }
    }

    /** A client that has logged in and takes compressed messages; what it writes itself is plain unless it says so. */
    private static RawSocket connected() throws IOException {
        RawSocket socket = RawSocket.offering(server.stompUri(), OFFER);
        write(socket, "CONNECT\naccept-version:1.2\nhost:h\nlogin:user1\npasscode:user1\n\n\0");
        socket.readThrough("user-name:user1\n\n\0");
        return socket;
    }

    private static void write(RawSocket socket, String frame) throws IOException {
        socket.write(RawSocket.frame(FINAL | TEXT, frame.getBytes(StandardCharsets.UTF_8)));
    }

    /** The next message, which must be plain. */
    private static String read(RawSocket socket) throws IOException {
        RawSocket.Message message = socket.readMessage();
        assertThat(message.first()).isEqualTo(FINAL | TEXT);
        return message.payload();
    }

    private static String inflated(String payload) throws DataFormatException {
        byte[] blocks = payload.getBytes(StandardCharsets.ISO_8859_1);
        Inflater inflater = new Inflater(true);
        byte[] stream = Arrays.copyOf(blocks, blocks.length + 4);
        stream[blocks.length + 2] = (byte) 0xff;
        stream[blocks.length + 3] = (byte) 0xff;
        inflater.setInput(stream);
        byte[] octets = new byte[FRAME_MAX_BYTES];
        int size = inflater.inflate(octets);
        inflater.end();
        return new String(octets, 0, size, StandardCharsets.UTF_8);
    }

    private static byte[] deflated(String text) {
        return deflated(text.getBytes(StandardCharsets.UTF_8), Deflater.SYNC_FLUSH, 4);
    }

    /** So many MiB of zeros: blocks that do not refer to others may be repeated. */
    private static byte[] bomb(int mebibytes) {
        byte[] block = deflated(new byte[1024 * 1024], Deflater.FULL_FLUSH, 0);
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        for (int i = 0; i < mebibytes; i++) {
            bomb.writeBytes(block);
        }
        return bomb.toByteArray();
    }

    private static byte[] deflated(byte[] octets, int flush, int left) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(octets);
        byte[] blocks = new byte[octets.length / 2 + 100];
        int size = deflater.deflate(blocks, 0, blocks.length, flush);
        deflater.end();
        return Arrays.copyOf(blocks, size - left);
    }
}
