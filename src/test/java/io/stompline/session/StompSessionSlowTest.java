package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Command;
import io.stompline.metrics.Meter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A client that does not read what is sent to it. */
class StompSessionSlowTest {
    private final TestNode node = new TestNode();
    private final TestClient ann = node.connected("ann");

    @Test
    void slowClient_readsNothing_ends() {
        ann.subscribe("s", "/topic/a");
        ann.wire.hold();
        node.publish("/topic/a", "1");
        ann.pass(Duration.ofSeconds(10));
        assertThat(ann.session.hasEnded()).isFalse();
        ann.pass(Duration.ofMillis(1));
        assertSlow("stompline.outbox.stall-timeout");
    }

    @Test
    void slowClient_tooMuchWaits_endsAndNobodyElseDoes() {
        TestClient bob = node.connected("bob");
        ann.subscribe("s", "/topic/a");
        bob.subscribe("s", "/topic/a");
        ann.wire.hold();
        for (int i = 0; i < 4; i++) {
            node.publish("/topic/a", "x".repeat(9_000));
        }
        assertThat(bob.received()).hasSize(4);
        assertSlow("stompline.outbox.max-bytes");
        ann.wire.take();
        assertThat(ann.received()).as("what waited is dropped").hasSize(2).endsWith("error: client reads too slowly");
    }

    @Test
    void slowClient_tooManyRepliesWait_ends() {
        ann.publish("/queue/q", "1", "reply-to", "/temp-queue/x");
        ann.wire.hold();
        for (int i = 0; i < 4; i++) {
            ann.publish("/temp-queue/x", "x".repeat(9_000));
        }
        assertSlow("stompline.outbox.max-bytes");
    }

    @Test
    void slowClient_receiptsUnread_ends() {
        ann.wire.hold();
        int answered = 0;
        while (!ann.session.hasEnded()) {
            ann.send(Command.BEGIN, "transaction", "t", "receipt", "x".repeat(32));
            ann.send(Command.ABORT, "transaction", "t");
            answered++;
        }
        assertThat(answered).as("receipts may pass the limit").isBetween(1_000, 2_000);
        assertSlow("does not read its receipts");
    }

    @Test
    void slowClient_readsAgain_getsWhatWaitsInOrderAMessageEach() {
        ann.subscribe("s", "/topic/a");
        ann.wire.hold();
        for (int i = 1; i <= 3; i++) {
            node.publish("/topic/a", "" + i);
        }
        int before = ann.wire.messages().size();
        ann.wire.release();
        assertThat(ann.wire.messages()).hasSize(before + 2);
        assertThat(ann.received()).containsExactly("s: 1", "s: 2", "s: 3");
        assertThat(node.budget.bytes()).isZero();
    }

    private void assertSlow(String detail) {
        assertThat(ann.session.hasEnded()).isTrue();
        assertThat(node.count(Meter.SLOW_CONSUMERS)).isEqualTo(1);
        assertThat(node.listener.events())
                .filteredOn(event -> event.startsWith("slow: "))
                .singleElement()
                .asString()
                .contains(detail);
        assertThat(node.listener.events()).last().asString().startsWith("disconnected: client reads too slowly");
    }
}
