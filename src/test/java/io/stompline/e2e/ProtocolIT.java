package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.server.ServerProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The protocol on the wire, against the assembled server. */
class ProtocolIT {
    private static ServerProcess server;

    @BeforeAll
    static void start() throws Exception {
        server = ServerProcess.demo().start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void negotiatesEachVersion() throws InterruptedException {
        for (String version : new String[] {"1.0", "1.1", "1.2"}) {
            try (RawClient client = open()) {
                client.send("CONNECT\naccept-version:" + version + "\nhost:h\nlogin:user1\npasscode:user1\n\n\0");
                assertThat(client.next())
                        .startsWith("CONNECTED\n")
                        .contains("version:" + version + "\n", "session:", "server:", "user-name:user1\n");
            }
        }
    }

    @Test
    void namesItsVersionsWhenNoneIsInCommon() throws InterruptedException {
        try (RawClient client = open()) {
            client.send("CONNECT\naccept-version:9.9\nhost:h\nlogin:user1\npasscode:user1\n\n\0");
            assertThat(client.next()).startsWith("ERROR\n").contains("version:1.0,1.1,1.2\n");
            assertThat(client.closeCode()).isEqualTo(1002);
        }
    }

    @Test
    void refusesAWrongPasscodeAndSaysNoMore() throws InterruptedException {
        try (RawClient client = open()) {
            client.send("CONNECT\naccept-version:1.2\nhost:h\nlogin:user1\npasscode:wrong\n\n\0");
            assertThat(client.next()).startsWith("ERROR\n").contains("message:access refused\n");
            assertThat(client.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void needsAHostFromVersion11On() throws InterruptedException {
        try (RawClient client = open()) {
            client.send("CONNECT\naccept-version:1.2\nlogin:user1\npasscode:user1\n\n\0");
            assertThat(client.next()).startsWith("ERROR\n").contains("host");
        }
    }

    @Test
    void deliversToATopicInOrderAfterTheReceiptOfSubscribe() throws InterruptedException {
        try (RawClient subscriber = connected("1.2");
                RawClient publisher = connected("1.1")) {
            subscriber.send("SUBSCRIBE\nid:a\ndestination:/topic/order\nreceipt:r\n\n\0");
            assertThat(subscriber.next()).isEqualTo("RECEIPT\nreceipt-id:r\n\n");
            for (int i = 0; i < 200; i++) {
                publisher.send("SEND\ndestination:/topic/order\nkey:a\\cb\n\nbody " + i + "\0");
            }
            for (int i = 0; i < 200; i++) {
                assertThat(subscriber.next())
                        .startsWith("MESSAGE\nsubscription:a\n")
                        .contains("destination:/topic/order\n", "key:a\\cb\n")
                        .endsWith("\n\nbody " + i);
            }
        }
    }

    @Test
    void givesUnacknowledgedMessagesToAnotherConsumer() throws InterruptedException {
        try (RawClient second = connected("1.2")) {
            try (RawClient first = connected("1.2")) {
                first.send("SUBSCRIBE\nid:q\ndestination:/queue/again\nack:client-individual\n\n\0");
                first.send("SEND\ndestination:/queue/again\nreceipt:s\n\nwork\0");
                assertThat(first.next() + first.next()).contains("RECEIPT\n", "work");
            }
            second.send("SUBSCRIBE\nid:q\ndestination:/queue/again\nack:client-individual\n\n\0");
            String message = second.next();
            assertThat(message).contains("redelivered:true\n").endsWith("work");
            second.send("ACK\nid:" + header(message, "ack") + "\nreceipt:done\n\n\0");
            assertThat(second.next()).contains("receipt-id:done");
        }
    }

    @Test
    void commitsAndAbortsTransactions() throws InterruptedException {
        try (RawClient client = connected("1.2")) {
            client.send("SUBSCRIBE\nid:t\ndestination:/topic/tx\nreceipt:r\n\n\0");
            assertThat(client.next()).contains("receipt-id:r");
            client.send("BEGIN\ntransaction:a\n\n\0SEND\ndestination:/topic/tx\ntransaction:a\n\naborted\0"
                    + "ABORT\ntransaction:a\n\n\0BEGIN\ntransaction:b\n\n\0"
                    + "SEND\ndestination:/topic/tx\ntransaction:b\n\ncommitted\0COMMIT\ntransaction:b\n\n\0");
            assertThat(client.next()).endsWith("committed");
            client.send("COMMIT\ntransaction:c\nreceipt:x\n\n\0");
            assertThat(client.next()).startsWith("ERROR\n").contains("message:unknown transaction\n", "receipt-id:x\n");
        }
    }

    @Test
    void answersInBinaryAndKeepsNulInBodies() throws InterruptedException {
        try (RawClient client = connected("1.2")) {
            client.sendBinary(
                    "SUBSCRIBE\nid:b\ndestination:/topic/nul\nreceipt:r\n\n\0".getBytes(StandardCharsets.UTF_8));
            assertThat(client.next()).contains("receipt-id:r");
            client.send(
                    "SEND\ndestination:/topic/nul\ncontent-type:application/octet-stream\ncontent-length:3\n\na\0b\0");
            assertThat(client.next()).contains("content-length:3\n").endsWith("\na");
            assertThat(client.next()).isEqualTo("b");
        }
    }

    @Test
    void refusesBadInputToThatClientAlone() throws InterruptedException {
        try (RawClient healthy = connected("1.2")) {
            for (String bad : new String[] {
                "NONSENSE\n\n\0",
                "MESSAGE\n\nx\0",
                "CONNECT\naccept-version:1.2\nhost:h\nlogin:user1\npasscode:user1\n\n\0",
                "SEND\n\nno destination\0",
                "SEND\ndestination:/topic/a\\x\n\n\0",
                "SEND\ndestination:/topic/a\ncontent-length:-1\n\n\0",
                "SEND\ndestination:/topic/../a\n\n\0",
                "SEND\ndestination:/queue/mq/sys/dmq\n\n\0",
                "SUBSCRIBE\nid:1\ndestination:/queue/a\nselector:((\n\n\0",
                "UNSUBSCRIBE\nid:unknown\n\n\0",
                "ACK\nid:unknown\n\n\0",
                "SEND\ndestination:/topic/a\n\n" + "x".repeat(70_000) + "\0"
            }) {
                try (RawClient client = connected("1.2")) {
                    client.send(bad);
                    assertThat(client.next()).as(bad).startsWith("ERROR\nmessage:");
                    assertThat(client.closeCode()).as(bad).isGreaterThan(1000);
                }
            }
            healthy.send("SEND\ndestination:/topic/a\nreceipt:fine\n\nx\0");
            assertThat(healthy.next()).contains("receipt-id:fine");
        }
    }

    @Test
    void sendsTheReceiptOfDisconnectBeforeItCloses() throws InterruptedException {
        try (RawClient client = connected("1.2")) {
            client.send("DISCONNECT\nreceipt:bye\n\n\0");
            assertThat(client.next()).contains("receipt-id:bye");
            assertThat(client.closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void refusesPagesOfOtherOrigins() {
        Assertions.assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .header("Origin", "https://evil.example")
                        .buildAsync(uri(), new java.net.http.WebSocket.Listener() {})
                        .join())
                .rootCause()
                .hasMessageContaining("403");
    }

    private static RawClient open() {
        return RawClient.open(uri());
    }

    private static RawClient connected(String version) throws InterruptedException {
        return RawClient.connected(uri(), version);
    }

    private static URI uri() {
        return server.stompUri();
    }

    private static String header(String frame, String name) {
        return frame.lines()
                .filter(line -> line.startsWith(name + ":"))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1);
    }
}
