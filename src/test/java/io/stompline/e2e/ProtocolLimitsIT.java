package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.SharedServer;
import io.stompline.server.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every limit of a connection is a setting, and its ERROR names it. */
@Tag(Server.ANY)
class ProtocolLimitsIT {
    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.demo()
                .with("stompline.rules.file", SharedServer.RULES)
                .with("stompline.frame.max-bytes", "4096")
                .with("stompline.jms.max-body-bytes", "3000")
                .with("stompline.frame.max-connect-bytes", "512")
                .with("stompline.frame.max-headers", "10")
                .with("stompline.frame.max-header-line-bytes", "600")
                .with("stompline.frame.max-headers-bytes", "1000")
                .with("stompline.header.max-destination-chars", "40")
                .with("stompline.header.max-id-chars", "20")
                .with("stompline.header.max-selector-chars", "30")
                .with("stompline.subscription.max", "2")
                .with("stompline.subscription.max-unacknowledged-of-topic", "3")
                .with("stompline.transaction.max-open", "2")
                .with("stompline.transaction.max-frames", "3")
                .with("stompline.transaction.max-bytes", "2000")
                .with("stompline.transaction.timeout", "1000")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "'SEND|destination:/topic/a||{5000}', stompline.frame.max-bytes, 1009",
        "'SEND|destination:/topic/a|content-length:5000||', stompline.frame.max-bytes, 1009",
        "'SEND|destination:/topic/a||{3001}', stompline.jms.max-body-bytes, 1009",
        "'SEND|a:1|a:1|a:1|a:1|a:1|a:1|a:1|a:1|a:1|a:1|a:1||', stompline.frame.max-headers, 1009",
        "'SEND|a:{700}||', stompline.frame.max-header-line-bytes, 1009",
        "'SEND|a:{590}|b:{590}||', stompline.frame.max-headers-bytes, 1009",
        "'SEND|destination:/topic/{40}||', stompline.header.max-destination-chars, 1002",
        "'SUBSCRIBE|id:{21}|destination:/topic/a||', stompline.header.max-id-chars, 1002",
        "'SEND|destination:/topic/a|receipt:{21}||', stompline.header.max-id-chars, 1002",
        "'BEGIN|transaction:{21}||', stompline.header.max-id-chars, 1002",
        "'SUBSCRIBE|id:1|destination:/topic/a|selector:{31}||', stompline.header.max-selector-chars, 1002"
    })
    void limit_size_isRefusedWithItsSetting(String frame, String setting, int closeCode) throws InterruptedException {
        try (RawClient client = RawClient.connected(server.stompUri(), "1.2")) {
            client.send(expand(frame) + "\0");
            assertThat(client.next()).startsWith("ERROR\n").contains(setting);
            assertThat(client.closeCode()).isEqualTo(closeCode);
        }
    }

    @Test
    void limit_frameBeforeConnected_isSmaller() throws InterruptedException {
        try (RawClient client = RawClient.open(server.stompUri())) {
            client.send("CONNECT\na:" + "x".repeat(550) + "\n\n\0");
            assertThat(client.next())
                    .startsWith("ERROR\nmessage:frame too large\n")
                    .contains("max-connect-bytes");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'SUBSCRIBE|id:#|destination:/topic/a||', 3, stompline.subscription.max",
        "'BEGIN|transaction:#||', 3, stompline.transaction.max-open",
        "'BEGIN|transaction:#||', 1, stompline.transaction.timeout"
    })
    void limit_count_isRefusedWithItsSetting(String frame, int times, String setting) throws InterruptedException {
        try (RawClient client = RawClient.connected(server.stompUri(), "1.2")) {
            for (int i = 0; i < times; i++) {
                client.send(expand(frame.replace("#", "n" + i)) + "\0");
            }
            assertThat(client.next())
                    .startsWith("ERROR\nmessage:limit exceeded\n")
                    .contains(setting);
            assertThat(client.closeCode()).isEqualTo(1008);
        }
    }

    @ParameterizedTest
    @CsvSource({"10, 4, stompline.transaction.max-frames", "1500, 2, stompline.transaction.max-bytes"})
    void limit_transaction_isRefusedWithItsSetting(int bodyBytes, int frames, String setting)
            throws InterruptedException {
        try (RawClient client = RawClient.connected(server.stompUri(), "1.2")) {
            client.send("BEGIN\ntransaction:t\n\n\0");
            for (int i = 0; i < frames; i++) {
                client.send("SEND\ndestination:/topic/a\ntransaction:t\n\n" + "x".repeat(bodyBytes) + "\0");
            }
            assertThat(client.next())
                    .startsWith("ERROR\nmessage:limit exceeded\n")
                    .contains(setting);
        }
    }

    @Test
    void limit_unacknowledgedOfATopic_endsTheClient() throws InterruptedException {
        try (RawClient client = RawClient.connected(server.stompUri(), "1.2")) {
            client.send("SUBSCRIBE\nid:1\ndestination:/topic/owed\nack:client\nreceipt:r\n\n\0");
            client.next();
            for (int i = 0; i < 4; i++) {
                client.send("SEND\ndestination:/topic/owed\n\n" + i + "\0");
            }
            String last = client.next();
            while (last.startsWith("MESSAGE")) {
                last = client.next();
            }
            assertThat(last)
                    .startsWith("ERROR\nmessage:client reads too slowly\n")
                    .contains("max-unacknowledged-of-topic");
        }
    }

    private static String expand(String frame) {
        String text = frame.replace('|', '\n');
        int brace = text.indexOf('{');
        while (brace >= 0) {
            int end = text.indexOf('}', brace);
            String filled = "x".repeat(Integer.parseInt(text.substring(brace + 1, end)));
            text = text.substring(0, brace) + filled + text.substring(end + 1);
            brace = text.indexOf('{');
        }
        return text;
    }
}
