package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Body;
import io.stompline.frame.Command;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import io.stompline.routing.Audience;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.security.AuthenticatedAccess;
import io.stompline.security.quota.RunningCalls;
import io.stompline.session.opening.FirstMessage;
import io.stompline.session.port.ApplicationRefusal;
import io.stompline.session.protocol.CloseCause;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscriptions that beans answer. */
class StompSessionApplicationTest {
    private final TestNode node = new TestNode();
    private final TestClient ann = node.connected("ann");

    @ParameterizedTest
    @ValueSource(strings = {"/app/orders/*", "/app/*/say", "/app/**"})
    void send_applicationByAPattern_isRefused(String destination) {
        ann.publish(destination, "1", "receipt", "r");
        assertThat(ann.received()).last().asString().startsWith("error: invalid destination");
        assertThat(node.application.handled()).isEmpty();
    }

    @Test
    void subscribe_opening_comesBetweenReceiptAndLiveMessages() {
        node.application.answer("/topic/a", request -> {
            node.publish("/topic/a", "1");
            return Optional.of(snapshot("all", OptionalLong.empty()));
        });
        ann.subscribe("s", "/topic/a", "receipt", "r");
        node.publish("/topic/a", "2");
        assertThat(ann.received()).containsExactly("receipt r", "s: all", "s: 1", "s: 2");
    }

    @Test
    void subscribe_opening_leavesOutMessagesThatItCovers() {
        node.application.answer("/topic/a", request -> {
            node.publish("/topic/a", "in it", "version", "7");
            node.publish("/topic/a", "newer", "version", "8");
            node.publish("/topic/a", "uncounted");
            return Optional.of(snapshot("all", OptionalLong.of(7)));
        });
        ann.subscribe("s", "/topic/a");
        node.publish("/topic/a", "late", "version", "6");
        node.publish("/topic/a", "later", "version", "9");
        assertThat(ann.received()).containsExactly("s: all", "s: newer", "s: uncounted", "s: later");
    }

    @Test
    void subscribe_opening_leavesOutWhatIsMeantForOthers() {
        Destination topic = Destination.topic("a");
        Message notForAnn =
                Message.to(topic, Audience.ofSession("another session", topic), Headers.none(), Body.utf8("secret"));
        node.application.answer("/topic/a", request -> Optional.of(new FirstMessage(notForAnn, OptionalLong.empty())));
        ann.subscribe("s", "/topic/a");
        node.publish("/topic/a", "1");
        assertThat(ann.received()).containsExactly("s: 1");
    }

    @Test
    void receipt_saysWhatWentWrongInTheBean() {
        ann.publish("/app/problem", "1", "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r");
        assertThat(ann.last().header("problem")).contains("as intended");
        ann.publish("/app/orders", "1", "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r");
        assertThat(ann.last().header("problem")).isEmpty();
    }

    @Test
    void receipt_ofCommit_saysWhatWentWrongInABean() {
        ann.send(Command.BEGIN, "transaction", "t");
        ann.publish("/app/orders", "1", "transaction", "t");
        ann.publish("/app/problem", "2", "transaction", "t");
        ann.publish("/app/orders", "3", "transaction", "t");
        ann.send(Command.COMMIT, "transaction", "t", "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r");
        assertThat(ann.last().header("problem")).contains("as intended");
        assertThat(node.application.handled()).hasSize(3);
    }

    @Test
    void send_whoseProblemIsNotTaken_hasAnErrorAndNoReceipt() {
        ann.publish("/app/not-taken", "1", "receipt", "r");
        assertThat(ann.received()).containsExactly("error: message broker unavailable");
        assertThat(ann.last().header("receipt-id")).contains("r");
        assertThat(node.application.handled()).as("called once").hasSize(1);
    }

    @Test
    void commit_whoseProblemIsNotTaken_hasAnErrorAndNoReceipt() {
        ann.send(Command.BEGIN, "transaction", "t");
        ann.publish("/app/not-taken", "1", "transaction", "t");
        ann.send(Command.COMMIT, "transaction", "t", "receipt", "r");
        assertThat(ann.received()).containsExactly("error: message broker unavailable");
        assertThat(ann.last().header("receipt-id")).contains("r");
    }

    private static void passATick(TestClient client) {
        client.pass(Duration.ofMillis(100));
    }

    @Test
    void calls_beyondThoseOfOneUser_waitWhileOthersGoOn() {
        TestClient asks = node.connected("ann");
        TestClient sends = node.connected("ann");
        TestClient bob = node.connected("bob");
        node.control = new AuthenticatedAccess();
        node.whileAllCallsRun("ann", () -> {
            asks.subscribe("s", "/app/slow", "receipt", "r");
            asks.publish("/topic/a", "behind it", "receipt", "behind");
            sends.publish("/app/orders", "1", "receipt", "r");
            ann.publish("/topic/a", "no call", "receipt", "r");
            ann.subscribe("s", "/topic/a", "receipt", "s");
            bob.publish("/app/orders", "2", "receipt", "r");
            passATick(asks);
            passATick(sends);
            assertThat(asks.received()).isEmpty();
            assertThat(sends.received()).isEmpty();
            assertThat(ann.received()).containsExactly("receipt r", "receipt s");
            assertThat(bob.received()).containsExactly("receipt r");
            node.application.answer("/app/slow", request -> Optional.empty());
        });
        passATick(asks);
        passATick(sends);
        assertThat(asks.received()).containsExactly("receipt r", "receipt behind");
        assertThat(sends.received()).containsExactly("receipt r");
        assertThat(node.application.handled()).containsExactly("/app/orders bob 2", "/app/orders ann 1");
    }

    @Test
    void calls_ofChecks_waitToo() {
        TestClient subscribes = node.connected("ann");
        node.whileAllCallsRun("ann", () -> {
            ann.publish("/topic/a", "1", "receipt", "r");
            subscribes.subscribe("s", "/topic/a", "receipt", "s");
            assertThat(ann.received()).isEmpty();
            assertThat(subscribes.received()).isEmpty();
        });
        passATick(ann);
        passATick(subscribes);
        assertThat(ann.received()).containsExactly("receipt r");
        assertThat(subscribes.received()).containsExactly("receipt s");
    }

    @Test
    void calls_ofCommit_waitToo() {
        for (String destination : new String[] {"/app/orders", "/topic/a"}) {
            ann.send(Command.BEGIN, "transaction", destination);
            ann.publish(destination, "1", "transaction", destination);
        }
        node.whileAllCallsRun("ann", () -> {
            ann.send(Command.COMMIT, "transaction", "/topic/a", "receipt", "no call");
            ann.send(Command.COMMIT, "transaction", "/app/orders", "receipt", "call");
            assertThat(ann.received()).containsExactly("receipt no call");
        });
        passATick(ann);
        assertThat(ann.received()).containsExactly("receipt call");
    }

    @Test
    void calls_ofFramesThatFail_areGivenBack() {
        node.application.answer("/app/fails", request -> {
            throw new ApplicationRefusal("as intended");
        });
        for (int i = 0; i <= RunningCalls.MAX_OF_USER; i++) {
            TestClient client = node.connected("ann");
            client.subscribe("s", "/app/fails");
            assertThat(client.received()).containsExactly("error: refused by the application");
        }
    }

    @Test
    void calls_connectionThatEndsWhileItWaits_callsNothing() {
        TestClient leaves = node.connected("ann");
        node.whileAllCallsRun("ann", () -> {
            leaves.publish("/app/orders", "1");
            leaves.session.leave();
        });
        passATick(leaves);
        assertThat(node.application.handled()).isEmpty();
    }

    @Test
    void subscribe_emptyOpening_sendsReceiptOnly() {
        node.application.answer("/topic/a", request -> Optional.empty());
        ann.subscribe("s", "/topic/a", "receipt", "r");
        node.publish("/topic/a", "1");
        assertThat(ann.received()).containsExactly("receipt r", "s: 1");
    }

    @Test
    void subscribe_app_isAnsweredWithoutTheMessageBroker() {
        node.application.answer("/app/now", request -> Optional.of(snapshot("noon", OptionalLong.empty())));
        ann.subscribe("s", "/app/now");
        assertThat(ann.received()).containsExactly("s: noon");
        assertThat(node.bus.log()).isEmpty();
    }

    @Test
    void subscribe_bean_getsCallerAndHeaders() {
        node.application.answer(
                "/topic/a",
                request -> Optional.of(snapshot(
                        request.session().caller().name() + " from "
                                + request.headers().first("from").orElseThrow(),
                        OptionalLong.empty())));
        ann.subscribe("s", "/topic/a", "from", "3");
        assertThat(ann.received()).containsExactly("s: ann from 3");
    }

    @Test
    void subscribe_openingInModeClient_canBeAcknowledged() {
        node.application.answer("/topic/a", request -> Optional.of(snapshot("all", OptionalLong.empty())));
        ann.subscribe("s", "/topic/a", "ack", "client");
        ann.ack("all", "receipt", "r");
        assertThat(ann.received()).containsExactly("s: all", "receipt r");
    }

    @Test
    void subscribe_queue_waitsForTheOpening() {
        node.publish("/queue/q", "1");
        node.application.answer("/queue/q", request -> Optional.of(snapshot("all", OptionalLong.empty())));
        ann.subscribe("s", "/queue/q", "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r", "s: all", "s: 1");
    }

    @Test
    void subscribe_tooMuchBeforeTheOpening_endsTheClient() {
        node.application.answer("/topic/a", request -> {
            for (int i = 0; i < 4; i++) {
                node.publish("/topic/a", "" + i);
            }
            return Optional.empty();
        });
        ann.subscribe("s", "/topic/a");
        assertThat(ann.received()).containsExactly("error: client reads too slowly");
    }

    @Test
    void subscribe_refusedByABean_leavesNothing() {
        node.application.answer("/topic/a", request -> {
            throw new ApplicationRefusal("not for you");
        });
        ann.subscribe("s", "/topic/a", "receipt", "r");
        assertThat(ann.received()).containsExactly("error: refused by the application");
        assertThat(ann.last().header("receipt-id")).contains("r");
        assertThat(ann.last().body().text().orElseThrow()).startsWith("not for you\n");
        assertThat(node.router.subscribersByTopic()).isEmpty();
        assertThat(node.listener.events()).doesNotContain("subscribed /topic/a", "unsubscribed /topic/a");
    }

    @Test
    void durable_refusedByABean_isKept() {
        TestClient first = durable();
        first.session.close(CloseCause.CLIENT_GONE);
        node.publish("/topic/a", "1");
        node.application.answer("/topic/a", request -> {
            throw new ApplicationRefusal("not now");
        });
        assertThat(durable().received()).containsExactly("error: refused by the application");
        node.application.answer("/topic/a", request -> Optional.empty());
        assertThat(durable().received()).singleElement().asString().startsWith("s: 1");
    }

    private TestClient durable() {
        TestClient client = node.connected("bob", Version.V1_2, "client-id", "c");
        client.subscribe("s", "/topic/a", "durable", "true");
        return client;
    }

    private static FirstMessage snapshot(String body, OptionalLong version) {
        Destination anywhere = Destination.topic("a");
        return new FirstMessage(Message.of(anywhere, Headers.none(), Body.utf8(body), ""), version);
    }
}
