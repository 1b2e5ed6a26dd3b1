package io.stompline.e2e;

import static io.stompline.e2e.support.SharedServer.connected;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.SharedServer;
import io.stompline.server.Server;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ACK, NACK and transactions on the wire. */
@ExtendWith(SharedServer.class)
@Tag(Server.ANY)
class ProtocolAckIT {
    private static int queues;

    private final String queue = "/queue/ack" + queues++;

    @ParameterizedTest
    @CsvSource({"1.0, client", "1.1, client", "1.2, client"})
    void ack_client_settlesAllBefore(String version, String mode) throws InterruptedException {
        try (RawClient first = connected(version)) {
            List<String> messages = receive(first, mode, 4);
            first.send(ack("ACK", version, messages.get(2)));
            assertThat(first.next()).contains("receipt-id:done");
        }
        assertThat(left(1)).containsExactly("3");
    }

    @ParameterizedTest
    @CsvSource({"1.0", "1.1", "1.2"})
    void ack_clientIndividual_settlesOne(String version) throws InterruptedException {
        try (RawClient first = connected(version)) {
            List<String> messages = receive(first, "client-individual", 3);
            first.send(ack("ACK", version, messages.get(1)));
            assertThat(first.next()).contains("receipt-id:done");
        }
        assertThat(left(2)).containsExactly("0", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    void ack_auto_receivedMessageDoesNotComeAgain(String version) throws InterruptedException {
        try (RawClient sender = connected(version)) {
            for (int i = 0; i < 100; i++) {
                try (RawClient receiver = connected(version)) {
                    receiver.send("SUBSCRIBE\nid:s\ndestination:" + queue + "\n\n\0");
                    sender.send("SEND\ndestination:" + queue + "\n\n" + i + "\0");
                    assertThat(receiver.next()).endsWith("\n\n" + i);
                    receiver.send("DISCONNECT\nreceipt:bye\n\n\0");
                    assertThat(receiver.next()).contains("receipt-id:bye");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    void ack_settledMessage_isIgnored(String version) throws InterruptedException {
        try (RawClient client = connected(version)) {
            String message = receive(client, "client-individual", 1).get(0);
            for (int i = 0; i < 2; i++) {
                client.send(ack("ACK", version, message));
                assertThat(client.next()).contains("receipt-id:done");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "1.2"})
    void nack_message_isRedelivered(String version) throws InterruptedException {
        try (RawClient client = connected(version)) {
            String message = receive(client, "client-individual", 1).get(0);
            client.send(ack("NACK", version, message));
            assertThat(client.next() + client.next()).contains("receipt-id:done", "redelivered:true\n");
        }
    }

    @Test
    void nack_tooOftenOrWithoutRequeue_goesToTheDeadMessages() throws InterruptedException {
        try (RawClient client = connected("1.2")) {
            String message = receive(client, "client-individual", 1).get(0);
            for (int delivery = 1; delivery < 5; delivery++) {
                client.send("NACK\nid:" + header(message, "ack") + "\n\n\0");
                message = client.next();
                assertThat(message).contains("redelivered:true\n");
            }
            client.send("NACK\nid:" + header(message, "ack") + "\nreceipt:last\n\n\0");
            assertThat(client.next()).contains("receipt-id:last");
            client.send("SEND\ndestination:" + queue + "\n\nnext\0");
            message = client.next();
            assertThat(message).endsWith("next");
            client.send("NACK\nid:" + header(message, "ack") + "\nrequeue:false\n\n\0");
            client.send("SEND\ndestination:" + queue + "\n\nafter\0");
            assertThat(client.next()).endsWith("after");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"disconnect", "close"})
    void ack_missing_anotherConsumerGetsTheMessagesMarked(String way) throws InterruptedException {
        RawClient first = connected("1.2");
        receive(first, "client-individual", 3);
        if (way.equals("disconnect")) {
            first.send("DISCONNECT\nreceipt:bye\n\n\0");
            assertThat(first.next()).contains("receipt-id:bye");
        }
        first.close();
        assertThat(left(3)).containsExactly("0", "1", "2");
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, ACK|message-id:unknown, unknown message",
        "1.1, ACK|message-id:1, missing header",
        "1.1, ACK|subscription:s|message-id:unknown, unknown message",
        "1.2, ACK|id:unknown, unknown message",
        "1.2, ACK, missing header",
        "1.2, NACK|id:unknown, unknown message",
        "1.0, NACK|message-id:1, command is not part of this version",
        "1.0, BEGIN, missing header",
        "1.1, COMMIT, missing header",
        "1.2, ABORT, missing header",
        "1.2, COMMIT|transaction:t, unknown transaction",
        "1.2, ABORT|transaction:t, unknown transaction",
        "1.2, SEND|destination:/topic/a|transaction:t, unknown transaction"
    })
    void ack_unknownOrIncomplete_isRefused(String version, String frame, String message) throws InterruptedException {
        try (RawClient client = connected(version)) {
            client.send(frame.replace('|', '\n') + "\nreceipt:q\n\n\0");
            assertThat(client.next())
                    .startsWith("ERROR\nmessage:" + message + "\n")
                    .contains("receipt-id:q\n");
        }
    }

    @Test
    void ack_messageOrTransactionOfAnotherConnection_isRefusedAndChangesNothing() throws InterruptedException {
        try (RawClient first = connected("1.2")) {
            String message = receive(first, "client-individual", 1).get(0);
            first.send("BEGIN\ntransaction:t\n\n\0" + inTransaction(ack("ACK", "1.2", message), "t"));
            assertThat(first.next()).contains("receipt-id:done");
            for (String frame : List.of(
                    ack("ACK", "1.2", message),
                    ack("NACK", "1.2", message),
                    "COMMIT\ntransaction:t\nreceipt:q\n\n\0",
                    "ABORT\ntransaction:t\nreceipt:q\n\n\0",
                    inTransaction(ack("ACK", "1.2", message), "t"))) {
                try (RawClient other = connected("1.2")) {
                    assertThat(other.send(frame).next())
                            .containsPattern("^ERROR\nmessage:unknown (message|transaction)\n");
                }
            }
        }
        assertThat(left(1)).containsExactly("0");
    }

    @Test
    void begin_idInUse_isRefused() throws InterruptedException {
        try (RawClient client = connected("1.2")) {
            client.send("BEGIN\ntransaction:t\n\n\0BEGIN\ntransaction:t\n\n\0");
            assertThat(client.next()).startsWith("ERROR\nmessage:transaction already open\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    void transaction_commitOrAbort_isCarriedOutAsAWholeOrNotAtAll(String version) throws InterruptedException {
        try (RawClient client = connected(version)) {
            List<String> messages = receive(client, "client-individual", 2);
            String target = "/topic/tx" + version;
            client.send("SUBSCRIBE\nid:t\ndestination:" + target + "\nreceipt:r\n\n\0");
            client.next();
            client.send("BEGIN\ntransaction:a\nreceipt:b\n\n\0SEND\ndestination:" + target
                    + "\ntransaction:a\n\naborted\0" + inTransaction(ack("ACK", version, messages.get(0)), "a")
                    + "ABORT\ntransaction:a\nreceipt:c\n\n\0");
            assertThat(client.next() + client.next() + client.next())
                    .contains("receipt-id:b", "receipt-id:done", "receipt-id:c");
            client.send("BEGIN\ntransaction:b\n\n\0SEND\ndestination:" + target + "\ntransaction:b\n\ncommitted\0"
                    + inTransaction(ack("ACK", version, messages.get(1)), "b")
                    + "COMMIT\ntransaction:b\nreceipt:d\n\n\0");
            assertThat(client.next() + client.next() + client.next())
                    .contains("receipt-id:done", "receipt-id:d", "\n\ncommitted")
                    .doesNotContain("aborted");
        }
        assertThat(left(1)).containsExactly("0");
    }

    @Test
    void transaction_openAtDisconnect_isAborted() throws InterruptedException {
        try (RawClient client = connected("1.2")) {
            client.send("BEGIN\ntransaction:t\n\n\0SEND\ndestination:" + queue + "\ntransaction:t\n\nnever\0"
                    + "DISCONNECT\nreceipt:r\n\n\0");
            assertThat(client.next()).contains("receipt-id:r");
        }
        try (RawClient client = connected("1.2")) {
            client.send("SUBSCRIBE\nid:q\ndestination:" + queue + "\n\n\0SEND\ndestination:" + queue + "\n\nfirst\0");
            assertThat(client.next()).endsWith("first");
        }
    }

    /** Sends {@code 0}, {@code 1}, … to the queue and receives them unacknowledged. */
    private List<String> receive(RawClient client, String mode, int count) throws InterruptedException {
        client.send("SUBSCRIBE\nid:s\ndestination:" + queue + "\nack:" + mode + "\nreceipt:r\n\n\0");
        assertThat(client.next()).contains("receipt-id:r");
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            client.send("SEND\ndestination:" + queue + "\n\n" + i + "\0");
            messages.add(client.next());
        }
        return messages;
    }

    /** What another consumer gets now, up to a message that is sent last. */
    private List<String> left(int count) throws InterruptedException {
        try (RawClient second = connected("1.2")) {
            second.send("SUBSCRIBE\nid:q\ndestination:" + queue + "\nack:client\n\n\0");
            List<String> bodies = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String message = second.next();
                assertThat(message).contains("redelivered:true\n");
                bodies.add(message.substring(message.indexOf("\n\n") + 2));
            }
            second.send("SEND\ndestination:" + queue + "\n\nlast\0");
            assertThat(second.next()).endsWith("last").doesNotContain("redelivered");
            return bodies;
        }
    }

    private static String ack(String command, String version, String message) {
        String which = version.equals("1.2")
                ? "id:" + header(message, "ack")
                : "subscription:s\nmessage-id:" + header(message, "message-id");
        return command + "\n" + which + "\nreceipt:done\n\n\0";
    }

    private static String inTransaction(String frame, String transaction) {
        return frame.replace("\nreceipt:", "\ntransaction:" + transaction + "\nreceipt:");
    }

    private static String header(String frame, String name) {
        return frame.lines()
                .filter(line -> line.startsWith(name + ":"))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1);
    }
}
