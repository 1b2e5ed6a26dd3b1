package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.LogLines;
import io.stompline.frame.Body;
import io.stompline.frame.Command;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import io.stompline.routing.Audience;
import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.routing.InMemoryBus;
import io.stompline.routing.Message;
import io.stompline.session.protocol.CloseCause;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StompSessionSubscribeTest {
    private final TestNode node = new TestNode();
    private final TestClient ann = node.connected("ann");

    @Test
    void subscribe_everySubscriber_getsMessagesInOrder() {
        TestClient bob = node.connected("bob", Version.V1_1);
        ann.subscribe("s", "/topic/a", "receipt", "r");
        bob.subscribe("t", "/topic/a");
        ann.publish("/topic/a", "1", "note", "a:b");
        bob.publish("/topic/a", "2");
        assertThat(ann.received()).containsExactly("receipt r", "s: 1", "s: 2");
        assertThat(bob.received()).containsExactly("t: 1", "t: 2");
        assertThat(bob.header("1", "note")).isEqualTo("a:b");
        assertThat(ann.session.messagesSent()).isEqualTo(2);
    }

    @Test
    void headers_ofTheSendersMessage_arePassedOnWithoutThoseOfTheFrame() {
        ann.subscribe("s", "/topic/a");
        ann.publish(
                "/topic/a",
                "1",
                "receipt",
                "r",
                "subscription",
                "spoofed",
                "message-id",
                "spoofed",
                "ack",
                "spoofed",
                "redelivered",
                "true",
                "kind",
                "first",
                "kind",
                "second");
        assertThat(ann.received()).containsExactly("receipt r", "s: 1");
        assertThat(ann.header("1", "kind")).isEqualTo("first");
        assertThat(ann.header("1", "message-id")).startsWith("ID:");
        assertThat(ann.header("1", "destination")).isEqualTo("/topic/a");
    }

    @Test
    void subscribe_receipt_precedesMessagesOfAQueue() {
        node.publish("/queue/q", "1");
        ann.subscribe("s", "/queue/q", "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r", "s: 1");
    }

    @Test
    void unsubscribe_malformed_givesTheQueueBack() {
        ann.subscribe("s", "/queue/q");
        ann.send(Command.UNSUBSCRIBE, "id", "s", "durable", "maybe");
        assertThat(ann.received()).containsExactly("error: invalid header");
        TestClient bob = node.connected("bob");
        bob.subscribe("t", "/queue/q");
        node.publish("/queue/q", "1");
        assertThat(bob.received()).containsExactly("t: 1");
    }

    @Test
    void subscribe_wildcardSelectorAndNoLocal_areMatched() {
        ann.subscribe("one", "/topic/a/*");
        ann.subscribe("many", "/topic/**", "selector", "kind = 'x'");
        ann.subscribe("others", "/topic/a/b", "no-local", "true");
        ann.publish("/topic/a/b", "1");
        ann.publish("/topic/c", "2", "kind", "x");
        node.publish("/topic/a/b", "3");
        assertThat(ann.received()).containsExactly("one: 1", "many: 2", "one: 3", "others: 3");
    }

    @Test
    void unsubscribe_laterMessages_areNotDelivered() {
        ann.subscribe("s", "/topic/a");
        ann.subscribe("t", "/topic/a");
        ann.send(Command.UNSUBSCRIBE, "id", "s", "receipt", "r");
        node.publish("/topic/a", "1");
        assertThat(ann.received()).containsExactly("receipt r", "t: 1");
        ann.send(Command.UNSUBSCRIBE, "id", "t");
        assertThat(node.router.subscribersByTopic()).isEmpty();
        assertThat(ann.session.subscriptions()).isEmpty();
        assertThat(node.listener.events())
                .containsExactly(
                        "connected ann",
                        "subscribed /topic/a",
                        "subscribed /topic/a",
                        "unsubscribed /topic/a",
                        "unsubscribed /topic/a");
    }

    @Test
    void unsubscribe_in10_destinationIsTheId() {
        TestClient old = node.connected("old", Version.V1_0);
        old.send(Command.SUBSCRIBE, "destination", "/topic/a");
        node.publish("/topic/a", "1");
        old.send(Command.UNSUBSCRIBE, "destination", "/topic/a");
        node.publish("/topic/a", "2");
        assertThat(old.received()).containsExactly(": 1");
    }

    @Test
    void durable_connectionEnds_isKeptUntilDeleted() {
        TestClient first = node.connected("bob", Version.V1_2, "client-id", "c");
        first.subscribe("s", "/topic/a", "durable", "true");
        first.session.close(CloseCause.CLIENT_GONE);
        node.publish("/topic/a", "1");
        TestClient second = node.connected("bob", Version.V1_2, "client-id", "c");
        second.subscribe("s", "/topic/a", "durable", "true");
        node.publish("/topic/a", "2");
        assertThat(second.received()).containsExactly("s: 1", "s: 2");
        TestClient third = node.connected("bob", Version.V1_2, "client-id", "c");
        third.subscribe("s", "/topic/a", "durable", "true");
        node.clock.pass(Duration.ofMillis(100));
        second.session.heard();
        third.pass(Duration.ofMillis(100));
        assertThat(third.received()).containsExactly("error: durable subscription in use");
        second.send(Command.UNSUBSCRIBE, "id", "s", "durable", "true");
        node.publish("/topic/a", "3");
        TestClient fourth = node.connected("bob", Version.V1_2, "client-id", "c");
        fourth.subscribe("s", "/topic/a", "durable", "true");
        assertThat(fourth.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "durable-subscription-name",
                "durable-subscriber-name",
                "activemq.subscriptionName",
                "activemq.subcriptionName"
            })
    void durable_askedForAsAtOtherBrokers_isKeptUntilItIsDeletedLikeThat(String header) {
        TestClient first = node.connected("bob", Version.V1_2, "client-id", "c");
        first.subscribe("s", "/topic/a", header, "news");
        first.session.close(CloseCause.CLIENT_GONE);
        node.publish("/topic/a", "1");
        TestClient second = node.connected("bob", Version.V1_2, "client-id", "c");
        second.subscribe("t", "/topic/a", "durable", "true", "name", "news");
        assertThat(second.received()).containsExactly("t: 1");
        second.send(Command.UNSUBSCRIBE, "id", "t", header, "news");
        node.publish("/topic/a", "2");
        TestClient third = node.connected("bob", Version.V1_2, "client-id", "c");
        third.subscribe("s", "/topic/a", header, "news");
        assertThat(third.received()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/topic/a, auto-delete, false, durable:true",
        "/topic/a, persistent, true, durable:true",
        "/topic/a, x-queue-name, news, durable:true",
        "/topic/a, activemq.retroactive, true, durable:true",
        "/topic/a, subscription-type, ANYCAST, /queue/",
        "/queue/a, subscription-type, MULTICAST, /topic/",
        "/queue/a, auto-delete, true, kept",
        "/queue/a, browser, true, consumed",
        "/queue/a, exclusive, true, all its subscribers",
        "/queue/a, x-message-ttl, 1000, expires",
        "/queue/a, x-delivery-limit, 3, message broker",
        "/queue/a, x-queue-mode, lazy, message broker",
        "/queue/a, x-dead-letter-strategy, at-least-once, message broker",
        "/topic/a, transformation, jms-map-json, content-type",
        "/queue/a, x-queue-type, stream, durable:true",
        "/topic/a, auto-delete, maybe, true or false"
    })
    void headersOfOtherBrokers_thatAreNotDone_areRefusedByName(
            String destination, String name, String value, String instead) {
        ann.subscribe("s", destination, name, value, "receipt", "r");
        assertThat(ann.received()).containsExactly("error: invalid header");
        assertThat(ann.last().body().text().orElseThrow()).contains(name, instead);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/topic/a/#",
                "/topic/a/>",
                "/topic/+/b",
                "/topic/#",
                "/topic/a.>",
                "/topic/a.#.b",
                "/topic/a/*/+",
                "/queue/a.>",
                "/user/queue/#"
            })
    void wildcard_ofAnotherBroker_isRefusedWithOurs(String destination) {
        ann.subscribe("s", destination, "receipt", "r");
        assertThat(ann.received()).containsExactly("error: invalid destination");
        assertThat(ann.last().body().text().orElseThrow()).contains("*", "/topic/a/**");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/topic/c#", "/topic/c++", "/topic/a>b", "/topic/a/#1", "/topic/1+1.x", "/queue/a.b#"})
    void wildcard_characterInsideAName_isANameAsAnyOther(String destination) {
        ann.subscribe("s", destination, "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r");
    }

    @Test
    void headersOfOtherBrokers_thatContradict_areRefused() {
        ann.subscribe("s", "/topic/a", "durable", "false", "durable-subscription-name", "news");
        assertThat(ann.received()).containsExactly("error: invalid header");
        TestClient bob = node.connected("bob");
        bob.subscribe("s", "/topic/a", "durable", "true", "auto-delete", "true");
        assertThat(bob.received()).containsExactly("error: invalid header");
    }

    @ParameterizedTest
    @CsvSource({
        "/queue/a, auto-delete, false",
        "/queue/a, exclusive, false",
        "/queue/a, persistent, true",
        "/queue/a, prefetch-count, 10",
        "/queue/a, x-queue-type, quorum",
        "/queue/a, subscription-type, ANYCAST",
        "/topic/a, auto-delete, true",
        "/topic/a, exclusive, true",
        "/topic/a, activemq.prefetchSize, 1"
    })
    void headersOfOtherBrokers_thatChangeNothing_areTaken(String destination, String name, String value) {
        ann.subscribe("s", destination, name, value, "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r");
    }

    @Test
    void durable_asAtRabbitMq_isTaken() {
        ann.subscribe("s", "/topic/a", "durable", "true", "auto-delete", "false", "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r");
    }

    @Test
    void noLocal_asAtActiveMq_leavesOutOnesOwn() {
        ann.subscribe("s", "/topic/a", "activemq.noLocal", "true");
        ann.publish("/topic/a", "1");
        node.publish("/topic/a", "2");
        assertThat(ann.received()).containsExactly("s: 2");
    }

    @Test
    void durable_differentOwners_areKeptApart() {
        TestClient one = node.connected("a", Version.V1_2, "client-id", "b/c");
        TestClient other = node.connected("a/b", Version.V1_2, "client-id", "c");
        TestClient third = node.connected("a", Version.V1_2, "client-id", "b");
        one.subscribe("d", "/topic/a", "durable", "true");
        other.subscribe("d", "/topic/a", "durable", "true");
        third.subscribe("c/d", "/topic/a", "durable", "true");
        node.publish("/topic/a", "1");
        assertThat(one.received()).containsExactly("d: 1");
        assertThat(other.received()).containsExactly("d: 1");
        assertThat(third.received()).containsExactly("c/d: 1");
    }

    @Test
    void subscribe_userDestination_getsMessagesForThatUser() {
        TestClient again = node.connected("ann");
        TestClient bob = node.connected("bob");
        for (TestClient client : new TestClient[] {ann, again, bob}) {
            client.subscribe("s", "/user/queue/news");
        }
        Destination news = Destination.parse("/user/queue/news").orElseThrow();
        node.bus.publish(Message.to(Audience.CARRIER, Audience.ofUser("ann", news), Headers.none(), Body.utf8("hi")));
        node.deliveries.runAll();
        assertThat(ann.received()).containsExactly("s: hi");
        assertThat(again.received()).containsExactly("s: hi");
        assertThat(bob.received()).isEmpty();
        assertThat(ann.header("hi", "destination")).isEqualTo("/user/queue/news");
    }

    @ParameterizedTest
    @CsvSource({
        "/topic/stompline/users, destination not allowed",
        "/queue/mq.sys.dmq, destination not allowed",
        "/temp-queue/x, destination not allowed",
        "/queue/*, invalid destination",
        "/topic/a*, invalid destination",
        "/topic//a, invalid destination",
        "/exchange/a, invalid destination",
        "/app/x, invalid destination",
        "/user/queue/*, invalid destination",
        "/user/bob/queue/x, invalid destination",
        "/user/ann/queue/x, invalid destination"
    })
    void subscribe_forbiddenDestination_isRefused(String destination, String sentence) {
        ann.subscribe("s", destination, "receipt", "r");
        assertThat(ann.received()).containsExactly("error: " + sentence);
        assertThat(ann.last().header("receipt-id")).contains("r");
        assertThat(ann.wire.closed()).hasSize(1);
        assertThat(node.bus.log()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/queue/a, durable, true, invalid destination",
        "/topic/*, durable, true, invalid destination",
        "/topic/a, durable, yes, invalid header",
        "/topic/a, ack, none, invalid header",
        "/topic/a, no-local, 1, invalid header",
        "/topic/a, selector, kind >, invalid selector",
        "/user/a, selector, kind = 'x', invalid destination"
    })
    void subscribe_malformedHeader_isRefused(String destination, String name, String value, String sentence) {
        ann.subscribe("s", destination, name, value);
        assertThat(ann.received()).containsExactly("error: " + sentence);
    }

    @ParameterizedTest
    @CsvSource({"no-local, TRUE", "no-local, ''", "durable, False", "durable, ''", "ack, ''", "selector, ''"})
    void headers_emptyOrInAnyCase_areTaken(String name, String value) {
        ann.subscribe("s", "/topic/a", name, value, "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r");
    }

    @Test
    void subscribe_idInUseOrUnknown_isRefused() {
        ann.subscribe("s", "/topic/a");
        ann.subscribe("s", "/topic/b");
        assertThat(ann.received()).containsExactly("error: subscription id in use");
        TestClient bob = node.connected("bob");
        bob.send(Command.UNSUBSCRIBE, "id", "s");
        assertThat(bob.received()).containsExactly("error: unknown subscription");
    }

    @Test
    void subscribe_oneTooMany_isRefused() {
        for (int i = 0; i < 5; i++) {
            ann.subscribe("s" + i, "/topic/a", "receipt", "r" + i);
        }
        assertThat(ann.received())
                .containsExactly("receipt r0", "receipt r1", "receipt r2", "receipt r3", "error: limit exceeded");
        assertThat(ann.last().body().text().orElseThrow()).contains("stompline.subscription.max");
    }

    @Test
    void subscribe_refusedByTheBus_leavesNothing() {
        node.bus.failNext(InMemoryBus.Call.OPEN_TOPIC, new BusException(BusException.Reason.REFUSED, "not this one"));
        ann.subscribe("s", "/topic/a");
        assertThat(ann.received()).containsExactly("error: refused by the message broker");
        assertThat(node.router.subscribersByTopic()).isEmpty();
    }

    @Test
    void log_refusedByTheBus_isOneLineWithTheCause() {
        Throwable cause = new IllegalArgumentException("because of\nthat");
        node.bus.failNext(
                InMemoryBus.Call.OPEN_TOPIC, new BusException(BusException.Reason.REFUSED, "not this one", cause));
        try (LogLines log = new LogLines(Exit.class)) {
            ann.subscribe("s", "/topic/a");
            assertThat(log.all())
                    .containsExactly(
                            "session session-1 of ann ended after 0 s: refused by the message broker: not this one "
                                    + "(java.lang.IllegalArgumentException: because of?that)");
        }
        assertThat(ann.last().body().text().orElseThrow())
                .isEqualTo("not this one\nin the frame SUBSCRIBE id 's' destination '/topic/a'");
    }

    @Test
    void error_faultOfTheServer_hidesInternals() {
        node.bus.failNext(InMemoryBus.Call.OPEN_TOPIC, new IllegalStateException("internals"));
        ann.subscribe("s", "/topic/a");
        assertThat(ann.received()).containsExactly("error: internal error");
        assertThat(ann.last().body().text().orElseThrow()).doesNotContain("internals");
        assertThat(ann.wire.closed()).containsExactly("INTERNAL_ERROR internal error");
    }
}
