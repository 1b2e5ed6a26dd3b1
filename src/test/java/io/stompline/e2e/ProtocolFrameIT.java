package io.stompline.e2e;

import static io.stompline.e2e.support.SharedServer.connected;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.e2e.support.Bridge;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.SharedServer;
import io.stompline.server.Server;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of frames on the wire: what is understood, and what comes out as it went in. */
@ExtendWith(SharedServer.class)
@Tag(Server.ANY)
class ProtocolFrameIT {
    private static int topics;

    @ParameterizedTest
    @CsvSource({
        "1.0, k:a\\tb, k:a\\tb",
        "1.0, k:a:b, k:a:b",
        "1.1, k:a\\nb\\\\c\\cd, k:a\\nb\\\\c\\cd",
        "1.1, k\\cx:v, k\\cx:v",
        "1.2, k:a\\r\\nb\\\\c\\cd, k:a\\r\\nb\\\\c\\cd",
        "1.2, k:a:b, k:a\\cb",
        "1.1, 'k:  v  ', 'k:  v  '",
        "1.2, 'k:  v  ', 'k:  v  '",
        "1.2, k:, k:",
        "1.2, klé:wért€😀, klé:wért€😀"
    })
    void header_eachVersion_isPassedThrough(String version, String sent, String received) throws InterruptedException {
        assertThat(echo(version, sent + "\n", "x")).contains("\n" + received + "\n");
    }

    @Test
    void header_sender_isSetByTheServer() throws InterruptedException {
        String message =
                echo("1.2", "sender:admin\nuser-name:admin\nsnapshot:true\nversion:9\nJMSXUserID:admin\n", "x");
        assertThat(message).contains("\nsender:user1\n").doesNotContain("admin", "snapshot", "version");
    }

    @Test
    void header_repeated_firstCounts() throws InterruptedException {
        assertThat(echo("1.2", "k:1\nk:2\ndestination:/topic/elsewhere\n", "x"))
                .contains("\nk:1\n")
                .doesNotContain("k:2");
    }

    @ParameterizedTest
    @CsvSource({"1.1, k:a\\rb", "1.1, k:a\\tb", "1.2, k:a\\tb", "1.2, k:a\\", "1.2, nocolon", "1.2, :novalue"})
    void header_malformed_isRefused(String version, String line) throws InterruptedException {
        assertMalformed(version, "SEND\ndestination:/topic/a\n" + line + "\n\n\0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1e3", "x", "99999999999", "1", "4"})
    void contentLength_wrong_isRefused(String length) throws InterruptedException {
        try (RawClient client = connected("1.2")) {
            client.send("SEND\ndestination:/topic/a\ncontent-length:" + length + "\n\nab\0" + "\n".repeat(4));
            assertThat(client.next()).startsWith("ERROR\n");
            assertThat(client.closeCode()).isGreaterThan(1000);
        }
    }

    @Test
    void header_empty_isAbsentEverywhere() throws InterruptedException {
        String queue = "/queue/" + Bridge.freshName();
        try (RawClient client = connected("1.2\nheart-beat:")) {
            client.send(
                    "SEND\ndestination:" + queue + "\ncontent-length:\ncontent-type:\nexpires:\npriority:\nreply-to:\n"
                            + "delivery-delay:\nexpiration:\npersistent:\nreceipt:r\n\nab\0");
            assertThat(client.next()).isEqualTo("RECEIPT\nreceipt-id:r\n\n");
            client.send("SUBSCRIBE\nid:1\ndestination:" + queue + "\nselector:\nack:\ndurable:\n\n\0");
            assertThat(client.next()).endsWith("\n\nab");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"send", "SENDX", "NONSENSE", "MESSAGE", "RECEIPT", "ERROR", "CONNECTED", " SEND"})
    void command_unknownOrOfAServer_isRefused(String command) throws InterruptedException {
        assertMalformed("1.2", command + "\ndestination:/topic/a\n\n\0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUBSCRIBE\nid:1\ndestination:/topic/a", "BEGIN\ntransaction:t", "DISCONNECT"})
    void body_whereNoneMayBe_isRefused(String frame) throws InterruptedException {
        assertMalformed("1.2", frame + "\n\nbody\0");
    }

    /** The headers of a MESSAGE, sent back as they are. */
    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    void contentLength_whereNoBodyMayBe_isIgnored(String version) throws InterruptedException {
        try (RawClient client = connected(version)) {
            client.send("BEGIN\ntransaction:t\ncontent-length:10\nreceipt:r\n\n\0");
            assertThat(client.next()).isEqualTo("RECEIPT\nreceipt-id:r\n\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUBSCRIBE\nid:1\ndestination:/topic/a", "BEGIN\ntransaction:t", "DISCONNECT"})
    void body_whereNoneIsMeantIn10_isIgnored(String frame) throws InterruptedException {
        try (RawClient client = connected("1.0")) {
            client.send(frame + "\nreceipt:r\n\nbody\0");
            assertThat(client.next()).isEqualTo("RECEIPT\nreceipt-id:r\n\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONSENSE\nreceipt:q\n\n\0", "SEND\nreceipt:q\nk:\\t\n\n\0", "BEGIN\nreceipt:q\n\nbody\0"})
    void receipt_ofAMalformedFrame_isNamedInTheError(String frame) throws InterruptedException {
        try (RawClient client = connected("1.2")) {
            client.send(frame);
            assertThat(client.next()).startsWith("ERROR\n").contains("\nreceipt-id:q\n");
        }
    }

    @Test
    void frame_crLfAndLineEndsBetweenFrames_areTaken() throws InterruptedException {
        try (RawClient client = connected("1.2")) {
            client.send("\n\r\n\nSUBSCRIBE\r\nid:1\r\ndestination:/topic/crlf\r\nreceipt:r\r\n\r\n\0\r\n\n");
            assertThat(client.next()).isEqualTo("RECEIPT\nreceipt-id:r\n\n");
        }
    }

    @Test
    void frame_anyCutIntoWebSocketMessages_isTaken() throws InterruptedException {
        try (RawClient client = connected("1.2")) {
            String frames = "SUBSCRIBE\nid:1\ndestination:/topic/cut\nreceipt:r\n\n\0"
                    + "SEND\ndestination:/topic/cut\n\none\0SEND\ndestination:/topic/cut\n\ntwo\0";
            client.send(frames);
            assertThat(client.next()).contains("receipt-id:r");
            assertThat(client.next()).endsWith("\n\none");
            assertThat(client.next()).endsWith("\n\ntwo");
            for (char piece : "SEND\ndestination:/topic/cut\n\nthree\0".toCharArray()) {
                client.send(String.valueOf(piece));
            }
            assertThat(client.next()).endsWith("\n\nthree");
        }
    }

    @Test
    void body_utf8_isKept() throws InterruptedException {
        assertThat(echo("1.2", "content-type:text/plain\n", "größe 😀")).endsWith("\n\ngröße 😀");
    }

    @Test
    void binary_client_isAnsweredInBinaryWithNulInBodies() throws InterruptedException {
        try (RawClient client = connected("1.2")) {
            client.sendBinary(
                    "SUBSCRIBE\nid:b\ndestination:/topic/nul\nreceipt:r\n\n\0".getBytes(StandardCharsets.UTF_8));
            assertThat(client.next()).contains("receipt-id:r");
            client.send(
                    "SEND\ndestination:/topic/nul\ncontent-type:application/octet-stream\ncontent-length:3\n\na\0b\0");
            assertThat(client.next() + "|" + client.next()).contains("content-length:3\n", "\na|b");
        }
    }

    @Test
    void header_notUtf8_isRefused() throws InterruptedException {
        try (RawClient client = connected("1.2")) {
            byte[] frame = "SEND\ndestination:/topic/a\nk:??\n\n\0".getBytes(StandardCharsets.UTF_8);
            frame[frame.length - 5] = (byte) 0xff;
            client.sendBinary(frame);
            assertThat(client.next())
                    .startsWith("ERROR\nmessage:malformed frame\n")
                    .contains("UTF-8");
        }
    }

    private static void assertMalformed(String version, String frame) throws InterruptedException {
        try (RawClient client = connected(version)) {
            client.send(frame);
            assertThat(client.next()).startsWith("ERROR\nmessage:");
            assertThat(client.closeCode()).isEqualTo(1002);
        }
    }

    /** What comes back of a SEND with these header lines. */
    private static String echo(String version, String headers, String body) throws InterruptedException {
        String topic = "/topic/echo" + topics++;
        try (RawClient client = connected(version)) {
            client.send("SUBSCRIBE\nid:e\ndestination:" + topic + "\nreceipt:r\n\n\0");
            assertThat(client.next()).contains("receipt-id:r");
            client.send("SEND\ndestination:" + topic + "\n" + headers + "\n" + body + "\0");
            return client.next();
        }
    }
}
