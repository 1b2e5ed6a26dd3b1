package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Command;
import io.stompline.frame.Version;
import io.stompline.metrics.Meter;
import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.routing.InMemoryBus;
import io.stompline.security.AuthenticatedAccess;
import io.stompline.security.Refusal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The message broker is away for longer than frames may wait: connections stay, those of clients that asked for it. */
class StompSessionOutageTest {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofMinutes(10);

    private final TestNode node = new TestNode();
    private final TestClient ann = node.connected("ann");

    @Test
    void outage_subscribe_isAttachedWhenItIsOver() {
        node.bus.goAway();
        ann.subscribe("s", "/topic/a", "receipt", "r");
        ann.subscribe("q", "/queue/q", "receipt", "rq");
        ann.pass(LONG);
        assertThat(ann.received()).isEmpty();
        node.bus.comeBack();
        ann.pass(TICK);
        node.publish("/topic/a", "1");
        node.publish("/queue/q", "2");
        assertThat(ann.received()).containsExactly("receipt r", "receipt rq", "s: 1", "q: 2");
        assertThat(node.listener.events())
                .containsExactly("connected ann", "subscribed /topic/a", "subscribed /queue/q");
        assertThat(node.bus.log()).containsOnlyOnce("open /topic/a", "open /queue/q");
    }

    @Test
    void outage_framesAfterSubscribe_doNotWaitForIt() {
        node.bus.goAway();
        ann.subscribe("s", "/topic/a", "receipt", "r");
        ann.send(Command.BEGIN, "transaction", "t", "receipt", "b");
        ann.publish("/app/x", "1", "receipt", "a");
        assertThat(ann.received()).containsExactly("receipt b", "receipt a");
    }

    @Test
    void outage_sendAfterSubscribe_comesToTheSubscription() {
        node.bus.goAway();
        ann.subscribe("s", "/topic/*", "receipt", "r");
        node.bus.comeBack();
        ann.publish("/topic/a", "1");
        assertThat(ann.received()).containsExactly("receipt r", "s: 1");
    }

    @Test
    void outage_subscribeThatStillFails_isWaitedForByItsOwnDestinationAlone() {
        node.bus.goAway();
        ann.subscribe("s", "/topic/a", "receipt", "r");
        node.bus.comeBack();
        failToOpen();
        ann.publish("/topic/b", "1", "receipt", "b");
        ann.publish("/topic/a", "2", "receipt", "a");
        assertThat(ann.received()).containsExactly("receipt b");
        ann.pass(TICK);
        assertThat(ann.received()).isEmpty();
        ann.pass(Duration.ofSeconds(1));
        assertThat(ann.received()).containsExactly("receipt r", "receipt a", "s: 2");
    }

    @Test
    void outage_subscribeThatFailsAfterIt_isRefusedAfterTheLimit() {
        node.bus.goAway();
        ann.subscribe("s", "/topic/a", "receipt", "r");
        node.bus.comeBack();
        failEachSecond(30);
        assertThat(ann.received()).isEmpty();
        failEachSecond(1);
        assertThat(ann.received()).containsExactly("error: message broker unavailable");
    }

    @Test
    void outage_betweenFailuresOfASubscribe_doesNotCount() {
        node.bus.goAway();
        ann.subscribe("s", "/topic/a", "receipt", "r");
        node.bus.comeBack();
        failEachSecond(20);
        node.bus.goAway();
        ann.pass(LONG);
        ann.session.heard();
        node.bus.comeBack();
        failEachSecond(10);
        ann.pass(Duration.ofSeconds(1));
        assertThat(ann.received()).containsExactly("receipt r");
    }

    private void failEachSecond(int times) {
        for (int i = 0; i < times; i++) {
            failToOpen();
            ann.pass(Duration.ofSeconds(1));
        }
    }

    @Test
    void outage_commitAfterSubscribe_comesToTheSubscription() {
        ann.send(Command.BEGIN, "transaction", "t");
        ann.publish("/topic/a", "1", "transaction", "t");
        node.bus.goAway();
        ann.subscribe("s", "/topic/a", "receipt", "r");
        node.bus.comeBack();
        failToOpen();
        ann.send(Command.COMMIT, "transaction", "t", "receipt", "c");
        assertThat(ann.received()).isEmpty();
        ann.pass(Duration.ofSeconds(1));
        assertThat(ann.received()).containsExactly("receipt r", "receipt c", "s: 1");
    }

    @Test
    void outage_sendsBehindASubscribeThatWaitsForACall_waitForItWithoutALimit() {
        ann.send(Command.BEGIN, "transaction", "t");
        ann.publish("/topic/a", "1", "transaction", "t");
        subscribeInOutage("/topic/a");
        node.whileAllCallsRun("ann", () -> {
            node.bus.comeBack();
            ann.send(Command.COMMIT, "transaction", "t", "receipt", "c");
            ann.publish("/topic/a", "2", "receipt", "a");
            ann.pass(Duration.ofSeconds(31));
            ann.pass(TICK);
            assertThat(ann.received()).isEmpty();
        });
        ann.pass(TICK);
        assertThat(ann.received()).containsExactly("receipt r", "receipt c", "receipt a", "s: 1", "s: 2");
    }

    @Test
    void outage_sendToAQueueBehindItsSubscribe_doesNotWait() {
        subscribeInOutage("/queue/q");
        node.whileAllCallsRun("ann", () -> {
            node.bus.comeBack();
            ann.publish("/queue/q", "1", "receipt", "a");
            assertThat(ann.received()).containsExactly("receipt a");
        });
    }

    @Test
    void outage_nextOneWhileASendWaitsForASubscribe_isWaitedForAnew() {
        subscribeInOutage("/topic/a");
        node.whileAllCallsRun("ann", () -> {
            ann.publish("/topic/a", "1", "receipt", "a");
            ann.pass(Duration.ofSeconds(29));
            node.bus.comeBack();
            ann.pass(TICK);
            ann.pass(TICK);
            node.bus.goAway();
            ann.pass(TICK);
            ann.pass(Duration.ofSeconds(30));
            assertThat(ann.received()).isEmpty();
            ann.pass(TICK);
            assertThat(ann.received()).containsExactly("error: message broker unavailable");
        });
    }

    /** A bean answers, too, so that the SUBSCRIBE may have to wait for a call when the outage is over. */
    private void subscribeInOutage(String destination) {
        node.control = new AuthenticatedAccess();
        node.application.answer(destination, request -> Optional.empty());
        node.bus.goAway();
        ann.subscribe("s", destination, "receipt", "r");
    }

    @Test
    void outage_unsubscribe_forgetsTheSubscribe() {
        node.bus.goAway();
        ann.subscribe("s", "/topic/a", "receipt", "r");
        ann.send(Command.UNSUBSCRIBE, "id", "s", "receipt", "u");
        node.bus.comeBack();
        ann.pass(TICK);
        node.publish("/topic/a", "1");
        assertThat(ann.received()).containsExactly("receipt u");
        assertThat(node.listener.events()).containsExactly("connected ann");
    }

    @Test
    void outage_unsubscribeByDestination_forgetsTheSubscribe() {
        TestClient old = node.connected("old", Version.V1_0);
        node.bus.goAway();
        old.send(Command.SUBSCRIBE, "destination", "/topic/a", "receipt", "r");
        old.send(Command.UNSUBSCRIBE, "destination", "/topic/a", "receipt", "u");
        node.bus.comeBack();
        old.pass(TICK);
        assertThat(old.received()).containsExactly("receipt u");
    }

    @Test
    void outage_subscribeWithTheSameId_isRefused() {
        node.bus.goAway();
        ann.subscribe("s", "/topic/a");
        ann.subscribe("s", "/topic/b");
        assertThat(ann.received()).containsExactly("error: subscription id in use");
    }

    @Test
    void outage_subscribes_countAmongSubscriptions() {
        node.bus.goAway();
        int max = Rules.usual().subscriptions().max();
        for (int i = 0; i < max; i++) {
            ann.subscribe("s" + i, "/topic/a");
        }
        assertThat(ann.received()).isEmpty();
        ann.subscribe("one-more", "/topic/a");
        assertThat(ann.received()).containsExactly("error: limit exceeded");
    }

    @Test
    void outage_disconnect_doesNotWait() {
        node.bus.goAway();
        ann.subscribe("s", "/topic/a");
        ann.send(Command.DISCONNECT, "receipt", "bye");
        assertThat(ann.received()).containsExactly("receipt bye");
        node.bus.comeBack();
        ann.pass(Duration.ofSeconds(1));
        assertThat(node.bus.log()).isEmpty();
        assertThat(ann.session.isGone()).isTrue();
    }

    @Test
    void outage_subscribeNotAllowedAnyMore_isRefusedWhenItIsOver() {
        node.bus.goAway();
        ann.subscribe("s", "/topic/a");
        node.control = (caller, action, destination) -> Optional.of(new Refusal(Refusal.Reason.FORBIDDEN, "no more"));
        node.bus.comeBack();
        ann.pass(TICK);
        assertThat(ann.received()).containsExactly("error: destination not allowed");
    }

    @Test
    void outage_durable_isTakenOverAndKeepsItsMessages() {
        TestClient before = node.connected("bob", Version.V1_2, "client-id", "c");
        before.subscribe("d", "/topic/a", "durable", "true", "name", "n", "ack", "client");
        node.bus.goAway();
        TestClient after = node.connected("bob", Version.V1_2, "client-id", "c");
        after.subscribe("d", "/topic/a", "durable", "true", "name", "n", "ack", "client", "receipt", "r");
        before.session.leave();
        after.pass(LONG);
        node.bus.comeBack();
        node.publish("/topic/a", "1");
        after.pass(TICK);
        assertThat(after.received()).containsExactly("receipt r", "d: 1");
    }

    @Test
    void outage_deletionOfDurable_isRefused() {
        node.bus.goAway();
        ann.subscribe("d", "/topic/a", "durable", "true", "name", "n");
        ann.send(Command.UNSUBSCRIBE, "id", "d", "durable", "true", "name", "n");
        assertThat(ann.received()).containsExactly("error: message broker unavailable");
    }

    @Test
    void outage_sendOfOneWhoAskedToBeTold_isRefusedAndTheConnectionStays() {
        TestClient bob = asking();
        node.bus.goAway();
        bob.publish("/queue/q", "1", "receipt", "r", "correlation-id", "c");
        bob.pass(Duration.ofSeconds(30));
        assertThat(bob.received()).isEmpty();
        bob.pass(Duration.ofMillis(1));
        String notice = "message broker unavailable, SEND destination '/queue/q': the message broker was away"
                + " for more than 30000 ms (stompline.broker-timeout)";
        assertThat(bob.received()).containsExactly("errors: " + notice);
        assertThat(bob.header(notice, "destination")).isEqualTo("/user/queue/errors");
        assertThat(bob.header(notice, "correlation-id")).isEqualTo("c");
        assertThat(bob.wire.closed()).isEmpty();
        assertThat(node.count(Meter.FRAMES_NOT_TAKEN)).isEqualTo(1);
        assertThat(node.count(Meter.ERRORS_SENT)).isZero();
        node.bus.comeBack();
        bob.pass(TICK);
        bob.publish("/queue/q", "2", "receipt", "s");
        assertThat(bob.received()).containsExactly("receipt s");
        assertThat(node.bus.waiting(Destination.queue("q"))).containsExactly("2");
    }

    @Test
    void outage_sendsAfterTheLimit_doNotWaitAnew() {
        TestClient bob = asking();
        node.bus.goAway();
        bob.publish("/queue/q", "1");
        bob.publish("/queue/q", "2");
        bob.pass(Duration.ofSeconds(31));
        bob.publish("/queue/q", "3");
        assertThat(bob.received()).hasSize(3).allMatch(told -> told.startsWith("errors: message broker unavailable"));
    }

    @Test
    void outage_nextOne_isWaitedForAnew() {
        TestClient bob = asking();
        node.bus.goAway();
        bob.publish("/queue/q", "1");
        bob.pass(Duration.ofSeconds(31));
        node.bus.comeBack();
        bob.pass(Duration.ofSeconds(1));
        node.bus.goAway();
        bob.received();
        bob.publish("/queue/q", "2", "receipt", "r");
        assertThat(bob.received()).isEmpty();
        node.bus.comeBack();
        bob.pass(TICK);
        assertThat(bob.received()).containsExactly("receipt r");
    }

    @Test
    void outage_limit_includesTheFirstAttempt() {
        TestClient bob = asking();
        node.control = (caller, action, destination) -> {
            node.clock.pass(Duration.ofSeconds(8));
            node.control = (others, actions, destinations) -> Optional.empty();
            return Optional.empty();
        };
        node.bus.goAway();
        bob.publish("/queue/q", "1");
        bob.pass(Duration.ofSeconds(22));
        assertThat(bob.received()).isEmpty();
        bob.pass(Duration.ofMillis(1));
        assertThat(bob.received()).hasSize(1);
    }

    @Test
    void outage_commit_isRefusedAndUndoesItsTransaction() {
        TestClient bob = asking();
        bob.subscribe("t", "/topic/a", "ack", "client-individual");
        node.publish("/topic/a", "m");
        bob.send(Command.BEGIN, "transaction", "t");
        bob.publish("/queue/q", "1", "transaction", "t");
        bob.ack("m", "transaction", "t");
        bob.received();
        node.bus.goAway();
        bob.send(Command.COMMIT, "transaction", "t", "receipt", "r");
        bob.pass(Duration.ofSeconds(31));
        assertThat(bob.received()).hasSize(1).allMatch(told -> told.contains("COMMIT transaction 't'"));
        bob.send(Command.BEGIN, "transaction", "t", "receipt", "again");
        bob.ack("m", "transaction", "t", "receipt", "acked");
        assertThat(bob.received()).containsExactly("receipt again", "receipt acked");
        assertThat(node.bus.log()).doesNotContain("publish 1");
    }

    @Test
    void outage_sendWithinTransaction_doesNotWait() {
        ann.send(Command.BEGIN, "transaction", "t");
        node.bus.goAway();
        ann.publish("/queue/q", "1", "transaction", "t", "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r");
    }

    @Test
    void outage_ackWithReceipt_isToldAndTheMessageComesAgain() {
        TestClient bob = asking();
        bob.subscribe("q", "/queue/q", "ack", "client");
        node.publish("/queue/q", "1");
        node.bus.failNext(InMemoryBus.Call.SETTLE, away());
        bob.received();
        bob.ack("1", "receipt", "r");
        assertThat(bob.received())
                .hasSize(1)
                .allMatch(told -> told.startsWith("errors: message broker unavailable, ACK"));
        assertThat(bob.wire.closed()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Command.class,
            names = {"ACK", "NACK"})
    void outage_ackOfAMessageGivenBack_hasNoReceiptAndTheMessageComesAgain(Command ackOrNack) {
        TestClient bob = holding("/queue/q", "client-individual");
        String old = bob.header("1", "ack");
        node.bus.goAway();
        bob.send(ackOrNack, "id", old, "receipt", "r");
        assertThat(bob.received())
                .containsExactly("errors: message broker unavailable, " + ackOrNack + " id '" + old
                        + "': the connection to the message broker was lost; what was not settled before comes again");
        assertThat(node.count(Meter.FRAMES_NOT_TAKEN)).isEqualTo(1);
        node.bus.comeBack();
        bob.pass(TICK);
        assertThat(bob.received()).containsExactly("q: 1 again");
        bob.ack("1", "receipt", "s");
        assertThat(bob.received()).containsExactly("receipt s");
        assertThat(bob.receipt("s").header("problem")).isEmpty();
        assertThat(node.bus.log()).containsOnlyOnce("acknowledge 1");
    }

    @Test
    void outage_ackOfAMessageGivenBackByOneWhoDidNotAsk_isAnError() {
        ann.subscribe("q", "/queue/q", "ack", "client");
        node.publish("/queue/q", "1");
        ann.received();
        node.bus.goAway();
        ann.ack("1", "receipt", "r");
        assertThat(ann.received()).containsExactly("error: message broker unavailable");
    }

    @Test
    void outage_ackWithoutReceipt_isIgnored() {
        ann.subscribe("q", "/queue/q", "ack", "client");
        node.publish("/queue/q", "1");
        ann.received();
        node.bus.goAway();
        ann.ack("1");
        node.bus.comeBack();
        ann.pass(TICK);
        assertThat(ann.received()).containsExactly("q: 1 again");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void outage_ackOfTheOldIdAfterIt_hasAReceiptWithAProblem(boolean triedBefore) {
        TestClient bob = holding("/topic/d", "client");
        String old = bob.header("1", "ack");
        node.bus.goAway();
        if (triedBefore) {
            bob.send(Command.ACK, "id", old);
        }
        node.bus.comeBack();
        bob.pass(TICK);
        bob.send(Command.ACK, "id", old, "receipt", "r");
        bob.send(Command.ACK, "id", old, "receipt", "again");
        assertThat(bob.received()).containsExactly("q: 1 again", "receipt r", "receipt again");
        assertThat(bob.receipt("r").header("problem"))
                .hasValueSatisfying(problem -> assertThat(problem).contains("comes again"));
        assertThat(bob.receipt("again").header("problem")).isPresent();
        assertThat(node.bus.log()).doesNotContain("acknowledge 1");
        bob.ack("1", "receipt", "s");
        assertThat(bob.receipt("s").header("problem")).isEmpty();
        assertThat(node.bus.log()).containsOnlyOnce("acknowledge 1");
    }

    @Test
    void outage_ackOfTheNewIdInModeClient_isNotHinderedByOldOnes() {
        TestClient bob = holding("/queue/q", "client");
        node.publish("/queue/q", "2");
        node.bus.goAway();
        node.bus.comeBack();
        bob.pass(TICK);
        bob.ack("2", "receipt", "r");
        assertThat(bob.receipt("r").header("problem")).isEmpty();
        assertThat(node.bus.log()).contains("acknowledge 1", "acknowledge 2");
    }

    @Test
    void outage_commitOfAnAckGivenBack_isRefusedAndUndoesItsTransaction() {
        TestClient bob = holding("/queue/q", "client");
        bob.send(Command.BEGIN, "transaction", "t");
        bob.ack("1", "transaction", "t");
        bob.publish("/queue/answers", "a", "transaction", "t");
        node.bus.goAway();
        node.bus.comeBack();
        bob.pass(TICK);
        bob.send(Command.COMMIT, "transaction", "t", "receipt", "c");
        assertThat(bob.received())
                .containsExactly(
                        "q: 1 again",
                        "errors: message broker unavailable, COMMIT transaction 't': the connection to the message broker"
                                + " was lost, so that a message which the transaction settles comes again; nothing of"
                                + " the transaction took effect");
        assertThat(node.bus.waiting(Destination.queue("answers"))).isEmpty();
        bob.send(Command.BEGIN, "transaction", "t");
        bob.ack("1", "transaction", "t");
        bob.publish("/queue/answers", "a", "transaction", "t");
        bob.send(Command.COMMIT, "transaction", "t", "receipt", "c");
        assertThat(bob.received()).containsExactly("receipt c");
        assertThat(node.bus.waiting(Destination.queue("answers"))).containsExactly("a");
        assertThat(node.bus.log()).containsOnlyOnce("acknowledge 1");
    }

    @Test
    void outage_ackInATransactionOfWhatWasRefused_isAnError() {
        TestClient bob = holding("/queue/q", "client");
        node.bus.goAway();
        bob.ack("1", "receipt", "r");
        bob.received();
        bob.send(Command.BEGIN, "transaction", "t");
        bob.ack("1", "transaction", "t");
        assertThat(bob.received()).containsExactly("error: message broker unavailable");
    }

    /** A client that asked to be told, with a message "1" that it has not acknowledged. */
    private TestClient holding(String destination, String mode) {
        TestClient bob = asking();
        bob.subscribe("q", destination, "ack", mode, "durable", Boolean.toString(destination.startsWith("/topic")));
        node.publish(destination, "1");
        assertThat(bob.received()).containsExactly("q: 1");
        return bob;
    }

    @Test
    void outage_answerOfABean_isToldAtOnce() {
        TestClient bob = asking();
        bob.publish("/app/not-taken", "1", "receipt", "r");
        assertThat(bob.received()).hasSize(1).allMatch(told -> told.startsWith("errors: message broker unavailable"));
        assertThat(bob.wire.closed()).isEmpty();
    }

    private TestClient asking() {
        TestClient bob = node.connected("bob");
        bob.subscribe("errors", "/user/queue/errors");
        return bob;
    }

    private void failToOpen() {
        node.bus.failNext(InMemoryBus.Call.OPEN_TOPIC, away());
    }

    private static BusException away() {
        return new BusException(BusException.Reason.UNAVAILABLE, "no answer");
    }
}
