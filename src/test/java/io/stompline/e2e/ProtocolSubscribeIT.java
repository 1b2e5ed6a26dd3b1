package io.stompline.e2e;

import static io.stompline.e2e.support.SharedServer.connected;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.e2e.support.Bridge;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.RawSocket;
import io.stompline.e2e.support.SharedServer;
import io.stompline.server.Server;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SEND, SUBSCRIBE, UNSUBSCRIBE and MESSAGE on the wire. */
@ExtendWith(SharedServer.class)
@Tag(Server.ANY)
class ProtocolSubscribeIT {
    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    void subscribe_receipt_laterMessagesArriveInOrder(String version) throws InterruptedException {
        String topic = "/topic/order" + version;
        try (RawClient subscriber = connected(version);
                RawClient publisher = connected("1.1")) {
            subscriber.send("SUBSCRIBE\nid:a\ndestination:" + topic + "\nreceipt:r\n\n\0");
            assertThat(subscriber.next()).isEqualTo("RECEIPT\nreceipt-id:r\n\n");
            for (int i = 0; i < 200; i++) {
                publisher.send("SEND\ndestination:" + topic + "\n\nbody " + i + "\0");
            }
            Set<String> ids = new HashSet<>();
            for (int i = 0; i < 200; i++) {
                String message = subscriber.next();
                assertThat(message)
                        .startsWith("MESSAGE\nsubscription:a\n")
                        .contains("destination:" + topic + "\n")
                        .doesNotContain("\nack:")
                        .endsWith("\n\nbody " + i);
                assertThat(ids.add(header(message, "message-id"))).isTrue();
            }
        }
    }

    @Test
    void message_burst_isOneWebSocketMessagePerFrame() throws InterruptedException {
        try (RawClient subscriber = connected("1.2");
                RawClient publisher = connected("1.2")) {
            subscriber.send("SUBSCRIBE\nid:a\ndestination:/topic/burst\nreceipt:r\n\n\0");
            subscriber.next();
            publisher.send("SEND\ndestination:/topic/burst\n\nx\0".repeat(200));
            for (int i = 0; i < 200; i++) {
                subscriber.next();
            }
            subscriber.send("SEND\ndestination:/topic/burst2\nreceipt:last\n\n\0");
            subscriber.next();
            assertThat(subscriber.messages() - subscriber.heartBeats()).isEqualTo(1 + 1 + 200 + 1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SUBSCRIBE_id:2_destination:/nope | SUBSCRIBE id '2' destination '/nope' | must begin with /topic/",
                "SUBSCRIBE_id:2_destination:/user/bob/queue/x | '/user/bob/queue/x' | without a name: /user/queue/x",
                "SEND_destination:/topic/a//b | SEND destination '/topic/a//b' | a name must follow each slash",
                "SEND_destination:/topic/a* | SEND destination '/topic/a*' | * must be a segment of its own",
                "SUBSCRIBE_id:3_destination:/topic/**/b | id '3' | ** must be the last segment",
                "SEND_destination:/topic/e\u0301 | SEND destination | Unicode normal form C",
                "SEND_destination:/topic/a\u200Db | SEND destination | U+200D",
                "SEND_destination:/queue/a_persistent:1 | SEND destination '/queue/a' | the header persistent must be true or false",
                "SEND_destination:/topic/a_delivery-delay:soon | SEND destination '/topic/a' | delivery-delay must be a number of milliseconds",
                "SEND_destination:/app/a_delivery-delay:5 | SEND destination '/app/a' | the application is called at once",
                "SUBSCRIBE_id:4_destination:/topic/a_selector:x-color = 'red' | id '4' | stands in double quotes",
                "SUBSCRIBE_id:5_destination:/topic/a/# | id '5' | /topic/a/**",
                "SUBSCRIBE_id:6_destination:/topic/a_selector:JMSExpiration > 0 | id '6' | JMSExpiration cannot be selected by",
                "SEND_destination:/queue/a_x-max-length:5 | SEND destination '/queue/a' | the header x-max-length of other brokers",
                "SEND_destination:/queue/a_expiration:soon | SEND destination '/queue/a' | the header expiration must be",
                "SEND_destination:/topic/a_content-length:x | SEND destination '/topic/a' | header 'content-length' with the value 'x'",
                "SEND_destination:/topic/a_k:a\\tb | SEND destination '/topic/a' | header 'k' with the value 'a\\tb'",
                "SEND_destination:/topic/a_no colon | SEND destination '/topic/a' | at the line 'no colon'",
                "send_destination:/topic/a | message:unknown command | at the line 'send'",
                "ACK_id:nope | ACK id 'nope' | nope"
            })
    void error_oneOfManyFrames_isNamedWithItsValue(String frame, String title, String fault)
            throws InterruptedException {
        try (RawClient client = connected("1.2")) {
            client.send("SUBSCRIBE\nid:1\ndestination:/topic/a\n\n\0" + frame.replace('_', '\n') + "\n\n\0");
            assertThat(client.next()).startsWith("ERROR\n").contains(title, fault);
        }
    }

    @Test
    void send_deliveryDelay_letsLaterMessagesPass() throws InterruptedException {
        try (RawClient client = connected("1.2")) {
            client.send("SUBSCRIBE\nid:1\ndestination:/topic/delayed\n\n\0BEGIN\ntransaction:t\n\n\0"
                    + "SEND\ndestination:/topic/delayed\ndelivery-delay:700\ntransaction:t\n\nlater\0"
                    + "COMMIT\ntransaction:t\nreceipt:r\n\n\0SEND\ndestination:/topic/delayed\n\nnow\0");
            assertThat(client.next()).isEqualTo("RECEIPT\nreceipt-id:r\n\n");
            assertThat(client.next()).endsWith("\n\nnow");
            assertThat(client.next()).endsWith("\n\nlater");
        }
    }

    @Test
    void subscribe_receipt_precedesMessagesOfAQueue() throws InterruptedException {
        String queue = "/queue/" + Bridge.freshName();
        try (RawClient client = connected("1.2")) {
            client.send("SEND\ndestination:" + queue + "\nreceipt:s\n\nx\0");
            client.next();
            client.send("SUBSCRIBE\nid:1\ndestination:" + queue + "\nreceipt:r\n\n\0");
            assertThat(client.next()).isEqualTo("RECEIPT\nreceipt-id:r\n\n");
            assertThat(client.next()).endsWith("\n\nx");
        }
    }

    @ParameterizedTest
    @CsvSource({"1.1", "1.2"})
    void subscribe_withoutIdFrom11On_isRefused(String version) throws InterruptedException {
        assertError(version, "SUBSCRIBE\ndestination:/topic/a\nreceipt:q\n\n\0", "missing header");
        assertError(version, "UNSUBSCRIBE\ndestination:/topic/a\nreceipt:q\n\n\0", "missing header");
    }

    @Test
    void subscribe_in10_destinationIsTheId() throws InterruptedException {
        try (RawClient client = connected("1.0")) {
            client.send("SUBSCRIBE\ndestination:/topic/oldest\nreceipt:1\n\n\0SEND\ndestination:/topic/oldest\n\nx\0");
            assertThat(client.next()).contains("receipt-id:1");
            assertThat(client.next()).startsWith("MESSAGE\n").doesNotContain("subscription:");
            client.send("UNSUBSCRIBE\ndestination:/topic/oldest\nreceipt:2\n\n\0"
                    + "SEND\ndestination:/topic/oldest\nreceipt:3\n\nx\0");
            assertThat(client.next() + client.next()).contains("receipt-id:2", "receipt-id:3");
        }
    }

    @Test
    void unsubscribe_in10_byDestinationWhateverTheIds() throws InterruptedException {
        try (RawClient client = connected("1.0")) {
            client.send("SUBSCRIBE\nid:1\ndestination:/topic/named\n\n\0SUBSCRIBE\nid:2\ndestination:/topic/named\n\n\0"
                    + "UNSUBSCRIBE\ndestination:/topic/named\nreceipt:1\n\n\0SEND\ndestination:/topic/named\nreceipt:2\n\nx\0"
                    + "UNSUBSCRIBE\ndestination:/topic/named\nreceipt:3\n\n\0");
            assertThat(client.next()).contains("receipt-id:1");
            assertThat(client.next()).contains("receipt-id:2");
            assertThat(client.next()).startsWith("ERROR\n").contains("receipt-id:3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    void send_clientClosesAfterIt_isCarriedOut(String version) throws InterruptedException {
        String queue = "/queue/" + Bridge.freshName();
        try (RawClient sender = connected(version)) {
            for (int i = 0; i < 50; i++) {
                sender.send("SEND\ndestination:" + queue + "\n\n" + i + "\0");
            }
        }
        try (RawClient consumer = connected(version)) {
            consumer.send("SUBSCRIBE\nid:1\ndestination:" + queue + "\n\n\0");
            for (int i = 0; i < 50; i++) {
                assertThat(consumer.next()).endsWith("\n\n" + i);
            }
        }
    }

    @Test
    void subscribe_sameDestinationTwice_areKeptApart() throws InterruptedException {
        try (RawClient client = connected("1.2")) {
            client.send(
                    "SUBSCRIBE\nid:1\ndestination:/topic/two\n\n\0SUBSCRIBE\nid:2\ndestination:/topic/two\nreceipt:r\n\n\0");
            client.next();
            client.send("SEND\ndestination:/topic/two\n\nx\0");
            assertThat(client.next() + client.next()).contains("subscription:1\n", "subscription:2\n");
            client.send("UNSUBSCRIBE\nid:1\nreceipt:u\n\n\0SEND\ndestination:/topic/two\n\ny\0");
            assertThat(client.next()).contains("receipt-id:u");
            assertThat(client.next()).contains("subscription:2\n").endsWith("y");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SUBSCRIBE|id:1, missing header",
        "SEND, missing header",
        "SUBSCRIBE|id:1|ack:maybe|destination:/topic/a, invalid header",
        "SUBSCRIBE|id:1|auto-delete:false|destination:/topic/a, invalid header",
        "SUBSCRIBE|id:1|no-local:maybe|destination:/topic/a, invalid header",
        "UNSUBSCRIBE|id:unknown, unknown subscription",
        "SEND|destination:nowhere, invalid destination",
        "SEND|destination:/topic/../a, invalid destination",
        "SEND|destination:/topic//a, invalid destination",
        "SEND|destination:/topic/, invalid destination",
        "SEND|destination:/topic/*, invalid destination",
        "SUBSCRIBE|id:1|destination:/queue/*, invalid destination",
        "SEND|destination:/queue/mq/sys/dmq, destination not allowed",
        "SUBSCRIBE|id:1|destination:/topic/stompline/users, destination not allowed",
        "SEND|destination:/user/queue/a, destination not allowed",
        "SEND|destination:/temp-queue/somebodys, destination not allowed",
        "SUBSCRIBE|id:1|destination:/temp-queue/somebodys, destination not allowed",
        "SUBSCRIBE|id:1|destination:/queue/a|selector:((, invalid selector",
        "SUBSCRIBE|id:1|destination:/app/nobody, invalid destination"
    })
    void subscribe_refused_isAnErrorForThatClientOnly(String frame, String message) throws InterruptedException {
        try (RawClient healthy = connected("1.2")) {
            assertError("1.2", frame.replace('|', '\n') + "\nreceipt:q\n\n\0", message);
            healthy.send("SEND\ndestination:/topic/a\nreceipt:fine\n\nx\0");
            assertThat(healthy.next()).contains("receipt-id:fine");
        }
    }

    @Test
    void subscribe_idInUse_isRefused() throws InterruptedException {
        assertError(
                "1.2",
                "SUBSCRIBE\nid:1\ndestination:/topic/a\n\n\0SUBSCRIBE\nid:1\ndestination:/topic/b\nreceipt:q\n\n\0",
                "subscription id in use");
    }

    @Test
    void subscribe_wildcardSelectorAndNoLocal_areMatched() throws InterruptedException {
        try (RawClient client = connected("1.2");
                RawClient other = connected("1.2")) {
            client.send("SUBSCRIBE\nid:one\ndestination:/topic/w/*\n\n\0"
                    + "SUBSCRIBE\nid:many\ndestination:/topic/w/**\n\n\0"
                    + "SUBSCRIBE\nid:red\ndestination:/topic/w/a\nselector:colour = 'red'\n\n\0"
                    + "SUBSCRIBE\nid:others\ndestination:/topic/w/a\nno-local:true\nreceipt:r\n\n\0");
            client.next();
            client.send("SEND\ndestination:/topic/w/a\ncolour:red\n\n1\0");
            assertThat(client.next() + client.next() + client.next())
                    .contains("subscription:one\n", "subscription:many\n", "subscription:red\n");
            other.send("SEND\ndestination:/topic/w/a/b\n\n2\0");
            assertThat(client.next()).contains("subscription:many\n", "destination:/topic/w/a/b\n");
            other.send("SEND\ndestination:/topic/w/a\n\n3\0");
            assertThat(client.next() + client.next() + client.next())
                    .contains("subscription:one\n", "subscription:many\n", "subscription:others\n");
        }
    }

    @Test
    void durable_clientAway_keepsMessages() throws InterruptedException {
        String connect = "CONNECT\naccept-version:1.2\nhost:h\nclient-id:laptop\nlogin:user1\npasscode:user1\n\n\0";
        String subscribe = "SUBSCRIBE\nid:d\ndestination:/topic/durable\ndurable:true\nname:news\nreceipt:r\n\n\0";
        try (RawClient client = SharedServer.open()) {
            client.send(connect + subscribe);
            assertThat(client.next() + client.next()).contains("CONNECTED", "receipt-id:r");
            client.send("DISCONNECT\nreceipt:bye\n\n\0");
            client.next();
        }
        try (RawClient publisher = connected("1.2")) {
            publisher.send("SEND\ndestination:/topic/durable\nreceipt:s\n\nkept\0");
            publisher.next();
        }
        try (RawClient client = SharedServer.open()) {
            client.send(connect + subscribe);
            assertThat(client.next() + client.next() + client.next()).contains("CONNECTED", "receipt-id:r", "\n\nkept");
            client.send("UNSUBSCRIBE\nid:d\ndurable:true\nreceipt:gone\n\n\0" + subscribe);
            assertThat(client.next() + client.next()).contains("receipt-id:gone", "receipt-id:r");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"durable-subscription-name", "durable-subscriber-name", "activemq.subscriptionName"})
    void durable_headersOfOtherBrokers_meanTheSame(String header) throws InterruptedException {
        String topic = "/topic/foreign/" + header;
        String connect = "CONNECT\naccept-version:1.2\nhost:h\nclient-id:phone\nlogin:user1\npasscode:user1\n\n\0";
        String subscribe = "SUBSCRIBE\nid:d\ndestination:" + topic + "\n" + header + ":n\nreceipt:r\n\n\0";
        String unsubscribe = "UNSUBSCRIBE\nid:d\n" + header + ":n\nreceipt:gone\n\n\0";
        try (RawClient client = SharedServer.open()) {
            client.send(connect + subscribe + "DISCONNECT\nreceipt:bye\n\n\0");
            assertThat(client.next() + client.next() + client.next()).contains("receipt-id:r", "receipt-id:bye");
        }
        try (RawClient publisher = connected("1.2")) {
            publisher.send("SEND\ndestination:" + topic + "\nreceipt:s\n\nkept\0");
            publisher.next();
        }
        try (RawClient client = SharedServer.open()) {
            client.send(connect + subscribe);
            assertThat(client.next() + client.next() + client.next()).contains("receipt-id:r", "\n\nkept");
            client.send(unsubscribe);
            assertThat(client.next()).contains("receipt-id:gone");
        }
    }

    @Test
    void durable_heldByAFrozenConnection_isTakenOverByTheSameClient() throws Exception {
        String headers = "client-id:frozen\nheart-beat:10000,10000\n";
        String subscribe = "SUBSCRIBE\nid:d\ndestination:/topic/frozen\ndurable:true\nname:news\nreceipt:r\n\n\0";
        try (RawSocket frozen = new RawSocket(SharedServer.uri(), headers);
                RawClient publisher = connected("1.2");
                RawClient back = SharedServer.open()) {
            frozen.write(RawSocket.frame(
                    0x81, subscribe.replace("name:", "ack:client\nname:").getBytes(StandardCharsets.US_ASCII)));
            frozen.readThrough("receipt-id:r\n\n\0");
            publisher.send("SEND\ndestination:/topic/frozen\nreceipt:s\n\nkept\0");
            publisher.next();
            back.send("CONNECT\naccept-version:1.2\nhost:h\n" + headers + "login:user1\npasscode:user1\n\n\0");
            assertThat(back.next()).startsWith("CONNECTED\n");
            back.send(subscribe);
            assertThat(back.next()).isEqualTo("RECEIPT\nreceipt-id:r\n\n");
            assertThat(back.next()).startsWith("MESSAGE\n").endsWith("\n\nkept");
            frozen.readThrough("ERROR\nmessage:no heart-beat from the client\n");
            // Otherwise its missing heart-beats would have ended it, after 21 s.
            frozen.readThrough("the same client came back");
            back.send("UNSUBSCRIBE\nid:d\ndurable:true\nreceipt:gone\n\n\0");
            assertThat(back.next()).contains("receipt-id:gone");
        }
    }

    @Test
    void durable_heldByALiveConnection_isRefusedToItsTwin() throws InterruptedException {
        String frames = "CONNECT\naccept-version:1.2\nhost:h\nclient-id:twin\nlogin:user1\npasscode:user1\n\n\0"
                + "SUBSCRIBE\nid:d\ndestination:/topic/twin\ndurable:true\nname:news\nreceipt:r\n\n\0";
        try (RawClient client = SharedServer.open();
                RawClient twin = SharedServer.open()) {
            client.send(frames);
            assertThat(client.next() + client.next()).contains("CONNECTED", "receipt-id:r");
            twin.send(frames);
            assertThat(twin.next() + twin.next()).contains("CONNECTED", "ERROR\nmessage:durable subscription in use");
            client.send("UNSUBSCRIBE\nid:d\ndurable:true\nreceipt:gone\n\n\0");
            assertThat(client.next()).contains("receipt-id:gone");
        }
    }

    private static void assertError(String version, String frame, String message) throws InterruptedException {
        try (RawClient client = connected(version)) {
            client.send(frame);
            assertThat(client.next())
                    .startsWith("ERROR\nmessage:" + message + "\n")
                    .contains("receipt-id:q\n", "content-type:text/plain\n")
                    .doesNotContain("Exception", "\tat ");
            assertThat(client.closeCode()).isGreaterThan(1000);
        }
    }

    private static String header(String frame, String name) {
        return frame.lines()
                .filter(line -> line.startsWith(name + ":"))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1);
    }
}
