package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Command;
import io.stompline.routing.Destination;
import io.stompline.threads.SerialLane;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server stops: a connection is given notice and ends when nothing is left to be done, or a little later. */
class StompSessionStopTest {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String CLOSED = "RESTART the server restarts; retry after 1234 ms";

    private final TestNode node = new TestNode();
    private final TestClient ann = node.connected("ann");

    @Test
    void notice_nothingLeft_endsWithAHint() {
        giveNotice();
        ann.pass(TICK);
        assertThat(ann.received()).isEmpty();
        assertThat(ann.wire.closed()).containsExactly(CLOSED);
        assertThat(node.listener.events()).containsExactly("connected ann", "disconnected: the server stops");
        assertThat(ann.session.isGone()).isTrue();
    }

    @Test
    void notice_givenAgain_firstCounts() {
        giveNotice();
        ann.session.giveNotice(Duration.ZERO, Duration.ofMillis(9));
        ann.pass(TICK);
        assertThat(ann.wire.closed()).containsExactly(CLOSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "client-individual"})
    void notice_unacknowledgedMessage_isAwaited(String mode) {
        ann.subscribe("q", "/queue/q", "ack", mode);
        node.publish("/queue/q", "1");
        giveNotice();
        ann.pass(TICK);
        assertThat(ann.wire.closed()).isEmpty();
        ann.ack("1", "receipt", "r");
        assertThat(ann.received()).containsExactly("q: 1", "receipt r");
        ann.pass(TICK);
        assertThat(ann.wire.closed()).containsExactly(CLOSED);
        assertThat(node.bus.waiting(Destination.queue("q"))).isEmpty();
    }

    @Test
    void notice_messageThatIsNeverAcknowledged_endsWithThePatienceAndGivesItBack() {
        ann.subscribe("q", "/queue/q", "ack", "client");
        node.publish("/queue/q", "1");
        giveNotice();
        ann.pass(PATIENCE.minusMillis(1));
        assertThat(ann.wire.closed()).isEmpty();
        ann.pass(Duration.ofMillis(1));
        assertThat(ann.wire.closed()).containsExactly(CLOSED);
        assertThat(node.bus.waiting(Destination.queue("q"))).containsExactly("1");
    }

    @Test
    void notice_openTransaction_isAwaited() {
        ann.send(Command.BEGIN, "transaction", "t");
        ann.publish("/queue/q", "1", "transaction", "t");
        giveNotice();
        ann.pass(TICK);
        assertThat(ann.wire.closed()).isEmpty();
        ann.send(Command.COMMIT, "transaction", "t", "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r");
        ann.pass(TICK);
        assertThat(ann.wire.closed()).containsExactly(CLOSED);
    }

    @Test
    void notice_frameThatWaitsForTheMessageBroker_hasThePatience() {
        node.bus.goAway();
        ann.publish("/queue/q", "1", "receipt", "r");
        giveNotice();
        ann.pass(PATIENCE.minusMillis(1));
        assertThat(ann.wire.closed()).isEmpty();
        ann.pass(Duration.ofMillis(1));
        assertThat(ann.received()).isEmpty();
        assertThat(ann.wire.closed()).containsExactly(CLOSED);
    }

    @Test
    void notice_framesThatHaveCome_areCarriedOutFirst() {
        Later lanes = new Later();
        SerialLane lane = new SerialLane(lanes);
        FakeWire wire = new FakeWire();
        StompSession session = node.session(wire, lane);
        receive(lane, session, "CONNECT\naccept-version:1.2\nhost:h\nlogin:bob\npasscode:bob\n\n\0");
        lanes.runAll();
        receive(lane, session, "SEND\ndestination:/queue/q\nreceipt:r\n\n1\0");
        session.giveNotice(Duration.ZERO, Duration.ofMillis(1234));
        node.clock.pass(TICK);
        session.tick();
        assertThat(wire.closed()).isEmpty();
        lanes.runAll();
        assertThat(wire.frames()).hasSize(2);
        assertThat(wire.frames().get(1).command()).isEqualTo(Command.RECEIPT);
        assertThat(wire.closed()).containsExactly(CLOSED);
        assertThat(node.bus.waiting(Destination.queue("q"))).containsExactly("1");
    }

    @Test
    void stop_isAtOnce() {
        ann.subscribe("q", "/queue/q", "ack", "client");
        node.publish("/queue/q", "1");
        ann.session.stop(Duration.ofMillis(1234));
        assertThat(ann.wire.closed()).containsExactly(CLOSED);
    }

    private void giveNotice() {
        ann.session.giveNotice(PATIENCE, Duration.ofMillis(1234));
    }

    private static void receive(SerialLane lane, StompSession session, String text) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        lane.execute(() -> session.receive(bytes));
    }
}
