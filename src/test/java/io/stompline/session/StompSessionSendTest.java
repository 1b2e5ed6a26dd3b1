package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Command;
import io.stompline.frame.Frame;
import io.stompline.frame.Version;
import io.stompline.metrics.Meter;
import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.routing.InMemoryBus;
import io.stompline.session.protocol.StompError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StompSessionSendTest {
    private final TestNode node = new TestNode();
    private final TestClient ann = node.connected("ann");

    @Test
    void replyTo_empty_isAbsent() {
        TestClient bob = node.connected("bob");
        bob.subscribe("s", "/topic/a");
        ann.publish("/topic/a", "hi", "reply-to", "");
        assertThat(bob.received()).containsExactly("s: hi");
        assertThat(bob.last().header("reply-to")).isEmpty();
    }

    @Test
    void transaction_blankIn10_isMissing() {
        TestClient old = node.connected("old", Version.V1_0);
        old.raw("BEGIN\ntransaction: \n\n\0");
        assertThat(old.received()).containsExactly("error: missing header");
    }

    @Test
    void sender_isWhoLoggedInWhateverTheClientSays() {
        TestClient bob = node.connected("bob");
        bob.subscribe("s", "/topic/a");
        String[] forged = {
            "sender", "admin", "user-name", "admin", "snapshot", "true", "version", "9", "JMSXUserID", "x"
        };
        ann.publish("/topic/a", "hi", forged);
        assertThat(bob.received()).containsExactly("s: hi");
        Frame message = bob.last();
        assertThat(message.header("sender")).contains("ann");
        for (String name : new String[] {"user-name", "snapshot", "version", "JMSXUserID"}) {
            assertThat(message.header(name)).as(name).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/queue/q, delivery-delay, soon",
        "/topic/a, AMQ_SCHEDULED_CRON, 0 * * * *",
        "/app/a, delivery-delay, 5",
        "/app/a, x-delay, 5",
        "/app/a, AMQ_SCHEDULED_REPEAT, 5"
    })
    void deliveryDelay_thatCannotBe_isRefusedAtOnce(String destination, String name, String value) {
        ann.send(Command.BEGIN, "transaction", "t");
        ann.publish(destination, "1", name, value, "transaction", "t", "receipt", "r");
        assertThat(ann.received()).containsExactly("error: invalid header");
        assertThat(ann.last().body().text().orElseThrow()).contains("delivery-delay", "SEND destination");
        assertThat(node.application.handled()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/queue/a, x-max-length, 10, message broker",
        "/queue/a, x-expires, 10, message broker",
        "/queue/a, x-dead-letter-exchange, x, message broker",
        "/queue/a, x-dead-letter-strategy, at-least-once, message broker",
        "/queue/a, x-max-in-memory-length, 10, message broker",
        "/queue/a, x-max-age, 1D, message broker",
        "/queue/a, x-delivery-limit, 3, message broker",
        "/queue/a, x-queue-mode, lazy, message broker",
        "/queue/a, x-queue-type, Stream, message broker",
        "/queue/a, exclusive, true, message broker",
        "/queue/a, auto-delete, true, message broker",
        "/queue/a, transformation, jms-map-json, content-type",
        "/queue/a, JMSXGroupID, g, a /queue/ for each group",
        "/queue/a, _AMQ_GROUP_ID, g, a /queue/ for each group",
        "/topic/a, _AMQ_DUPL_ID, d, x-idempotency-key",
        "/topic/a, _AMQ_LVQ_NAME, price, stompline.last-value",
        "/topic/a, _AMQ_ANYTHING, x, Artemis",
        "/topic/a, _AMQ_SCHED_DELIVERY, 5, delivery-delay",
        "/topic/a, destination-type, ANYCAST, /queue/",
        "/topic/a, expiration, soon, milliseconds"
    })
    void headersOfOtherBrokers_thatAreNotDone_areRefusedByName(
            String destination, String name, String value, String instead) {
        ann.send(Command.BEGIN, "transaction", "t");
        ann.publish(destination, "1", name, value, "transaction", "t", "receipt", "r");
        assertThat(ann.received()).containsExactly("error: invalid header");
        assertThat(ann.last().body().text().orElseThrow()).contains(name, instead);
    }

    @ParameterizedTest
    @CsvSource({
        "/queue/a, destination-type, anycast",
        "/queue/a, x-queue-type, quorum",
        "/queue/a, x-max-length, ''",
        "/queue/a, x-max-price, 10",
        "/queue/a, exclusive, offer of the week",
        "/queue/a, auto-delete, false",
        "/topic/a, exclusive, true",
        "/queue/a, durable, true",
        "/app/a, x-max-length, 10",
        "/app/a, expiration, soon"
    })
    void headersOfOtherBrokers_thatDoNoHarm_areTaken(String destination, String name, String value) {
        ann.publish(destination, "1", name, value, "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "content-length:x | at the header 'content-length' with the value 'x'",
                "k:a\\tb | at the header 'k' with the value 'a\\tb'",
                "k:a\\tbcdefghijklmnopqrstuvw | with the value 'a\\tbcdefghijklmnopqr…'",
                "k:\u202E\\t | with the value '?\\t'",
                "Passcode:secret\\t | at the header 'Passcode'",
                "no colon | at the line 'no colon'"
            })
    void malformed_oneOfManyFrames_isNamedWithItsValue(String line, String fault) {
        ann.raw("SEND\ndestination:/topic/b\n\n1\0SEND\ndestination:/topic/a\n" + line
                + "\n\n2\0SEND\ndestination:/topic/c\n\n3\0");
        assertThat(ann.received()).containsExactly("error: malformed frame");
        assertThat(ann.last().body().text().orElseThrow())
                .contains(fault, "\nin the frame SEND destination '/topic/a'")
                .doesNotContain("secret");
    }

    @Test
    void malformed_tooManyHeaders_isNamed() {
        ann.raw("SEND\ndestination:/topic/a\n" + "k:v\n".repeat(1_000) + "\n\0");
        assertThat(ann.received()).containsExactly("error: frame too large");
        assertThat(ann.last().body().text().orElseThrow())
                .endsWith("\nat the header 'k' with the value 'v'\nin the frame SEND destination '/topic/a'");
    }

    @Test
    void malformed_command_isShown() {
        ann.raw("send\ndestination:/topic/a\n\n\0");
        assertThat(ann.received()).containsExactly("error: unknown command");
        assertThat(ann.last().body().text().orElseThrow()).endsWith("\nat the line 'send'");
    }

    @Test
    void malformed_connect_showsNothingOfIt() {
        TestClient stranger = node.open();
        stranger.raw("CONNECT\naccept-version:1.2\nlogin:ann\nnocolon\n\n\0");
        assertThat(stranger.received()).containsExactly("error: malformed frame");
        assertThat(stranger.last().body().text().orElseThrow()).doesNotContain("ann", "nocolon");
    }

    @Test
    void expiration_isTheTimeToLive() {
        TestClient bob = node.connected("bob");
        bob.subscribe("s", "/queue/a");
        ann.publish("/queue/a", "hi", "expiration", "5000");
        assertThat(bob.received()).containsExactly("s: hi");
        assertThat(Long.parseLong(bob.last().header("expires").orElseThrow())).isGreaterThanOrEqualTo(5_000);
        assertThat(bob.last().header("expiration")).isEmpty();
    }

    @Test
    void send_receipt_comesWhenTheBusHasTheMessage() {
        ann.publish("/queue/q", "1", "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r");
        assertThat(node.bus.waiting(Destination.queue("q"))).containsExactly("1");
        assertThat(node.count(Meter.FRAMES_RECEIVED)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "/topic/*, invalid destination",
        "/topic/a/**, invalid destination",
        "/nowhere, invalid destination",
        "/user/queue/a, destination not allowed",
        "/temp-queue/strange, destination not allowed",
        "/topic/stompline/users, destination not allowed",
        "/queue/mq.sys.dmq, destination not allowed"
    })
    void send_forbiddenDestination_isRefused(String destination, String sentence) {
        ann.publish(destination, "1", "receipt", "r");
        assertThat(ann.received()).containsExactly("error: " + sentence);
        assertThat(ann.last().header("receipt-id")).contains("r");
        assertThat(node.bus.log()).isEmpty();
    }

    @Test
    void send_refused_isToldToTheListener() {
        ann.publish("/queue/mq.sys.dmq", "1");
        assertThat(node.listener.events())
                .containsExactly(
                        "connected ann",
                        "refused ann: this user may not send to this destination, in SEND destination '/queue/mq.sys.dmq'",
                        "disconnected: destination not allowed: this user may not send to this destination");
    }

    @Test
    void send_oneQueueTooManyOfAUser_isRefused() {
        for (int i = 0; i < 4; i++) {
            ann.publish("/queue/q" + i, "1");
        }
        assertThat(ann.received()).containsExactly("error: limit exceeded");
        assertThat(ann.last().body().text().orElseThrow()).contains("stompline.queue.max-per-user");
    }

    @Test
    void send_oneTopicTooManyOfAUser_isRefused() {
        for (int i = 0; i < 1_001; i++) {
            ann.publish("/topic/t" + i, "1");
        }
        assertThat(ann.received()).containsExactly("error: limit exceeded");
        assertThat(ann.last().body().text().orElseThrow()).contains("stompline.topic.max-per-user");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNAVAILABLE")
    void send_failureOfTheBus_isAnErrorWithTheReason(BusException.Reason reason) {
        node.bus.failNext(InMemoryBus.Call.PUBLISH, new BusException(reason, "as intended"));
        ann.publish("/topic/a", "1", "receipt", "r");
        assertThat(ann.received())
                .containsExactly("error: " + StompError.of(reason).sentence());
        assertThat(ann.last().body().text().orElseThrow())
                .isEqualTo("as intended\nin the frame SEND destination '/topic/a'");
    }

    @ParameterizedTest
    @CsvSource({
        "SEND, ''",
        "SUBSCRIBE, destination:/topic/a",
        "SUBSCRIBE, id:1",
        "UNSUBSCRIBE, ''",
        "ACK, ''",
        "NACK, ''",
        "BEGIN, ''",
        "COMMIT, ''",
        "ABORT, transaction:"
    })
    void frame_requiredHeaderMissing_isRefused(String command, String header) {
        ann.raw(command + "\n" + header + (header.isEmpty() ? "" : "\n") + "\n\0");
        assertThat(ann.received()).containsExactly("error: missing header");
        assertThat(ann.last().body().text().orElseThrow()).startsWith(command + " needs the header ");
    }

    @ParameterizedTest
    @CsvSource({"destination, 64", "receipt, 32", "transaction, 32", "reply-to, 64"})
    void header_tooLong_isRefused(String name, int limit) {
        String value = "/queue/" + "x".repeat(limit);
        ann.raw("SEND\n" + name + ":" + value + "\ndestination:/topic/a\n\n\0");
        assertThat(ann.received()).containsExactly("error: invalid header");
        assertThat(ann.last().body().text().orElseThrow())
                .startsWith("the header " + name + " is longer than " + limit + " characters");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SENDX||unknown command",
                "send||unknown command",
                "SEND|no colon|malformed frame",
                "SEND|a:\\t|malformed frame",
                "SEND|content-length:x|malformed frame"
            })
    void frame_malformed_isRefused(String command, String header, String sentence) {
        ann.raw(command + "\n" + (header == null ? "" : header + "\n") + "\n\0");
        assertThat(ann.received()).containsExactly("error: " + sentence);
        assertThat(ann.wire.closed()).containsExactly("PROTOCOL_ERROR " + sentence);
    }

    @Test
    void error_framesAfterwards_areIgnored() {
        ann.raw("BROKEN\n\n\0SEND\ndestination:/topic/a\n\n\0");
        ann.publish("/topic/a", "1");
        assertThat(ann.received()).containsExactly("error: unknown command");
        assertThat(node.bus.log()).isEmpty();
        assertThat(node.count(Meter.ERRORS_SENT)).isEqualTo(1);
    }

    @Test
    void send_app_reachesTheApplication() {
        ann.publish("/app/orders", "1", "receipt", "r");
        assertThat(node.application.handled()).containsExactly("/app/orders ann 1");
        assertThat(ann.received()).containsExactly("receipt r");
    }

    @Test
    void disconnect_byTheServer_isAnErrorWithTheReason() {
        ann.session.disconnect("maintenance");
        assertThat(ann.received()).containsExactly("error: disconnected by the server");
        assertThat(ann.last().body().text()).contains("maintenance");
    }

    @Test
    void binary_client_isAnsweredInBinary() {
        assertThat(ann.wire.messages()).allMatch(FakeWire.Sent::text);
        ann.session.useBinary();
        ann.publish("/topic/a", "1", "receipt", "r");
        assertThat(ann.wire.messages()).last().matches(sent -> !sent.text());
    }

    @Test
    void heartBeat_betweenFrames_isNoFrame() {
        ann.raw("\n\r\n\n");
        ann.send(Command.BEGIN, "transaction", "t", "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r");
        assertThat(ann.session.framesReceived()).isEqualTo(2);
    }
}
