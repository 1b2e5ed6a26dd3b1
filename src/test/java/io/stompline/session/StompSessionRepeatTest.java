package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Command;
import io.stompline.metrics.Meter;
import io.stompline.routing.BusException;
import io.stompline.routing.InMemoryBus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clients that send the same again ({@code x-idempotency-key}). */
class StompSessionRepeatTest {
    private static final String KEY = "x-idempotency-key";

    private final TestNode node = new TestNode();
    private final TestClient ann = node.connected("ann");

    @Test
    void send_sameKeyAgain_isAnsweredAndNotPublished() {
        ann.subscribe("s", "/topic/a");
        ann.publish("/topic/a", "1", KEY, "k", "receipt", "r1");
        TestClient again = node.connected("ann");
        again.publish("/topic/a", "1", KEY, "k", "receipt", "r2");
        again.publish("/topic/a", "2", KEY, "k2");
        assertThat(ann.received()).containsExactly("receipt r1", "s: 1", "s: 2");
        assertThat(again.received()).containsExactly("receipt r2");
        assertThat(again.receipt("r2").header("x-duplicate")).contains("true");
        assertThat(ann.receipt("r1").header("x-duplicate")).isEmpty();
        assertThat(ann.headers("1")).doesNotContain(KEY);
        assertThat(node.count(Meter.SENDS_REPEATED)).isEqualTo(1);
    }

    @Test
    void send_keyOfAnotherUser_isPublished() {
        TestClient bob = node.connected("bob");
        bob.subscribe("s", "/topic/a");
        ann.publish("/topic/a", "1", KEY, "k");
        bob.publish("/topic/a", "2", KEY, "k");
        assertThat(bob.received()).containsExactly("s: 1", "s: 2");
    }

    @Test
    void send_toTheApplication_isHandledOnceAndItsProblemToldAgain() {
        ann.publish("/app/problem", "1", KEY, "k", "receipt", "r1");
        ann.publish("/app/problem", "1", KEY, "k", "receipt", "r2");
        assertThat(node.application.handled()).hasSize(1);
        assertThat(ann.receipt("r2").header("problem")).contains("as intended");
        assertThat(ann.receipt("r2").header("x-duplicate")).contains("true");
    }

    @Test
    void send_thatFailed_isCarriedOutWhenItComesAgain() {
        node.bus.failNext(InMemoryBus.Call.PUBLISH, new BusException(BusException.Reason.FULL, "full"));
        ann.publish("/topic/a", "1", KEY, "k");
        assertThat(ann.received()).hasSize(1);
        TestClient again = node.connected("ann");
        again.subscribe("s", "/topic/a");
        again.publish("/topic/a", "1", KEY, "k", "receipt", "r");
        assertThat(again.received()).contains("s: 1");
        assertThat(again.receipt("r").header("x-duplicate")).isEmpty();
    }

    @Test
    void send_whileTheMessageBrokerIsAway_isCarriedOutOnceItIsBack() {
        ann.subscribe("s", "/topic/a");
        node.bus.goAway();
        ann.publish("/topic/a", "1", KEY, "k", "receipt", "r");
        node.bus.comeBack();
        ann.pass(Duration.ofSeconds(1));
        assertThat(ann.received()).contains("s: 1", "receipt r");
    }

    @Test
    void commit_sameKeyAgain_isAnswered() {
        ann.subscribe("s", "/topic/a");
        ann.send(Command.BEGIN, "transaction", "t");
        ann.publish("/topic/a", "1", "transaction", "t");
        ann.send(Command.COMMIT, "transaction", "t", KEY, "k");
        TestClient again = node.connected("ann");
        again.send(Command.COMMIT, "transaction", "t", KEY, "k", "receipt", "r");
        assertThat(ann.received()).containsExactly("s: 1");
        assertThat(again.receipt("r").header("x-duplicate")).contains("true");
    }

    /** A client that does not know whether its COMMIT came sends the whole transaction again. */
    @Test
    void commit_wholeTransactionAgain_leavesNothingOpen() {
        ann.subscribe("s", "/topic/a");
        for (String receipt : new String[] {"r1", "r2"}) {
            ann.send(Command.BEGIN, "transaction", "t");
            ann.publish("/topic/a", "1", "transaction", "t");
            ann.send(Command.COMMIT, "transaction", "t", KEY, "k", "receipt", receipt);
        }
        ann.send(Command.BEGIN, "transaction", "t");
        ann.pass(Duration.ofSeconds(1));
        assertThat(ann.received()).containsExactlyInAnyOrder("receipt r1", "s: 1", "receipt r2");
        assertThat(ann.receipt("r2").header("x-duplicate")).contains("true");
    }

    @Test
    void key_onASendOfATransaction_isAnError() {
        ann.send(Command.BEGIN, "transaction", "t");
        ann.publish("/topic/a", "1", "transaction", "t", KEY, "k");
        assertThat(ann.received()).containsExactly("error: invalid header");
    }

    @Test
    void key_tooLong_isAnError() {
        ann.publish("/topic/a", "1", KEY, "x".repeat(64));
        assertThat(ann.received()).isEmpty();
        ann.publish("/topic/a", "1", KEY, "x".repeat(65));
        assertThat(ann.received()).containsExactly("error: invalid header");
    }
}
