package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Command;
import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.routing.InMemoryBus;
import io.stompline.session.protocol.CloseCause;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Frames that wait: for a message bus that is away, or for their turn. */
class StompSessionWaitingTest {
    private static final Duration TICK = Duration.ofMillis(100);

    private final TestNode node = new TestNode();
    private final TestClient ann = node.connected("ann");

    @Test
    void outage_sendAndLaterFrames_waitInOrder() {
        node.bus.goAway();
        ann.raw("SEND\ndestination:/queue/q\nreceipt:r1\n\n1\0BEGIN\ntransaction:t\nreceipt:r2\n\n\0");
        ann.publish("/queue/q", "2", "receipt", "r3");
        ann.pass(Duration.ofSeconds(20));
        assertThat(ann.received()).isEmpty();
        node.bus.comeBack();
        ann.pass(TICK);
        assertThat(ann.received()).containsExactly("receipt r1", "receipt r2", "receipt r3");
        assertThat(node.bus.waiting(Destination.queue("q"))).containsExactly("1", "2");
    }

    @Test
    void outage_subscribe_waits() {
        node.bus.goAway();
        ann.subscribe("s", "/topic/a", "receipt", "r");
        assertThat(ann.received()).isEmpty();
        node.bus.comeBack();
        ann.pass(TICK);
        node.publish("/topic/a", "1");
        assertThat(ann.received()).containsExactly("receipt r", "s: 1");
        assertThat(node.listener.events()).containsExactly("connected ann", "subscribed /topic/a");
    }

    @Test
    void outage_commit_waitsAndKeepsTheTransaction() {
        ann.send(Command.BEGIN, "transaction", "t");
        ann.publish("/queue/q", "1", "transaction", "t");
        node.bus.goAway();
        ann.send(Command.COMMIT, "transaction", "t", "receipt", "r");
        assertThat(ann.received()).isEmpty();
        node.bus.comeBack();
        ann.pass(TICK);
        assertThat(ann.received()).containsExactly("receipt r");
        assertThat(node.bus.waiting(Destination.queue("q"))).containsExactly("1");
    }

    @Test
    void outage_withoutHope_endsACommitAtOnceWithItsReason() {
        ann.send(Command.BEGIN, "transaction", "t");
        ann.publish("/queue/q", "1", "transaction", "t");
        node.bus.goAwayForEver();
        ann.send(Command.COMMIT, "transaction", "t", "receipt", "r");
        assertThat(ann.received()).containsExactly("error: message broker failed");
        assertThat(ann.last().body().text().orElseThrow()).contains("there is no message broker");
    }

    @Test
    void outage_longerThanTheTimeout_endsTheClient() {
        node.bus.goAway();
        ann.publish("/queue/q", "1", "receipt", "r");
        ann.pass(Duration.ofSeconds(30));
        assertThat(ann.received()).isEmpty();
        ann.pass(Duration.ofMillis(1));
        assertThat(ann.received()).containsExactly("error: message broker unavailable");
        assertThat(ann.last().body().text().orElseThrow()).contains("stompline.broker-timeout");
        assertThat(ann.wire.closed()).containsExactly("TRY_AGAIN_LATER message broker unavailable");
        node.bus.comeBack();
        assertThat(node.bus.log()).isEmpty();
    }

    @Test
    void outage_failuresLongerThanTheTimeout_endTheClient() {
        ann.publish("/queue/q", "0");
        failToPublish();
        ann.publish("/queue/q", "1", "receipt", "r");
        for (int i = 0; i < 31; i++) {
            failToPublish();
            ann.pass(Duration.ofSeconds(1));
        }
        assertThat(ann.received()).containsExactly("error: message broker unavailable");
        assertThat(ann.last().header("receipt-id")).contains("r");
        assertThat(node.bus.log()).containsExactly("publish 0");
    }

    @Test
    void outage_timeout_countsForEachFrame() {
        for (String body : new String[] {"1", "2"}) {
            node.bus.goAway();
            ann.publish("/queue/q", body, "receipt", body);
            ann.pass(Duration.ofSeconds(20));
            node.bus.comeBack();
            ann.pass(TICK);
        }
        assertThat(ann.received()).containsExactly("receipt 1", "receipt 2");
    }

    @Test
    void outage_connectionEnds_dropsWaitingFrames() {
        node.bus.goAway();
        ann.publish("/queue/q", "1");
        ann.session.close(CloseCause.CLIENT_GONE);
        node.bus.comeBack();
        ann.pass(TICK);
        assertThat(node.bus.log()).isEmpty();
        assertThat(node.listener.events()).containsExactly("connected ann", "disconnected: client closed");
        assertThat(ann.session.isGone()).isTrue();
    }

    @Test
    void outage_otherConnections_doNotWait() {
        TestClient bob = node.connected("bob");
        node.bus.failNext(InMemoryBus.Call.PUBLISH, new BusException(BusException.Reason.UNAVAILABLE, "busy"));
        ann.publish("/queue/q", "1", "receipt", "r");
        bob.publish("/queue/q", "2", "receipt", "r");
        assertThat(ann.received()).isEmpty();
        assertThat(bob.received()).containsExactly("receipt r");
        ann.pass(TICK);
        assertThat(ann.received()).containsExactly("receipt r");
    }

    @Test
    void rate_framesPerSecond_isKept() {
        TestNode strict = new TestNode(Rules.withFramesPerSecond(2));
        TestClient bob = strict.connected("bob");
        for (int i = 1; i <= 6; i++) {
            bob.send(Command.BEGIN, "transaction", "t", "receipt", "begin" + i);
            bob.send(Command.ABORT, "transaction", "t", "receipt", "abort" + i);
        }
        assertThat(bob.received()).as("CONNECT and two seconds' worth").hasSize(3);
        bob.pass(TICK);
        assertThat(bob.received()).isEmpty();
        bob.pass(Duration.ofMillis(400));
        assertThat(bob.received()).containsExactly("receipt abort2");
        bob.pass(Duration.ofSeconds(1));
        assertThat(bob.received()).containsExactly("receipt begin3", "receipt abort3");
        for (int i = 0; i < 120; i++) {
            bob.pass(TICK);
        }
        assertThat(bob.received()).hasSize(6).endsWith("receipt abort6");
    }

    @Test
    void rate_frameThatWaitsForACall_countsOnce() {
        TestNode strict = new TestNode(Rules.withFramesPerSecond(1));
        TestClient late = strict.connected("ann");
        strict.whileAllCallsRun("ann", () -> {
            late.publish("/app/a", "1", "receipt", "r");
            late.session.tick();
            assertThat(late.received()).isEmpty();
        });
        late.session.tick();
        assertThat(late.received()).containsExactly("receipt r");
    }

    @Test
    void rate_frameTriedAgain_countsOnce() {
        TestNode strict = new TestNode(Rules.withFramesPerSecond(1));
        TestClient bob = strict.connected("bob");
        strict.bus.goAway();
        bob.publish("/queue/q", "1", "receipt", "r");
        strict.bus.comeBack();
        bob.session.tick();
        assertThat(bob.received()).containsExactly("receipt r");
    }

    private void failToPublish() {
        node.bus.failNext(InMemoryBus.Call.PUBLISH, new BusException(BusException.Reason.UNAVAILABLE, "no answer"));
    }
}
