package io.stompline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.EncodedFrame;
import io.stompline.session.outbox.WireMessage;
import io.stompline.session.protocol.CloseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollWireTest {
    private static final String END = "event: close\ndata: {\"code\":1000,\"reason\":\"over\"}\n\n";

    private final List<String> events = new ArrayList<>();
    private long nanos;
    private int closing;
    private int closed;
    private final PollWire wire = new PollWire(() -> nanos, () -> {
        closing++;
        return () -> closed++;
    });
    private final PollWire.Poll poll = (batch, taken) -> {
        events.add(new String(batch, StandardCharsets.UTF_8));
        taken.accept(true);
    };

    @Test
    void poll_thatWaits_getsTheNextBatch() {
        assertThat(wire.poll(0, poll)).isEqualTo(PollWire.Outcome.TAKEN);
        assertThat(events).isEmpty();
        send("a");
        assertThat(events).containsExactly("data: a\n\n");
    }

    @Test
    void poll_notAcknowledging_getsTheSameBatch() {
        send("a");
        wire.poll(0, poll);
        wire.poll(0, poll);
        assertThat(events).containsExactly("data: a\n\n", "data: a\n\n");
    }

    @Test
    void batch_acknowledged_isDoneAndGone() {
        List<Boolean> done = send("a");
        wire.poll(0, poll);
        assertThat(done).isEmpty();
        wire.poll(1, poll);
        assertThat(done).containsExactly(true);
        wire.broken(poll);
        assertThat(wire.poll(0, poll)).isEqualTo(PollWire.Outcome.UNKNOWN_BATCH);
        assertThat(wire.poll(1, poll)).isEqualTo(PollWire.Outcome.TAKEN);
    }

    @Test
    void poll_whileAnotherWaits_isBusy() {
        wire.poll(0, poll);
        assertThat(wire.poll(0, poll)).isEqualTo(PollWire.Outcome.BUSY);
        wire.broken((batch, taken) -> {});
        assertThat(wire.poll(0, poll)).isEqualTo(PollWire.Outcome.BUSY);
        wire.broken(poll);
        assertThat(wire.poll(0, poll)).isEqualTo(PollWire.Outcome.TAKEN);
    }

    @Test
    void poll_ofABatchThatWasNotGiven_isUnknown() {
        assertThat(wire.poll(1, poll)).isEqualTo(PollWire.Outcome.UNKNOWN_BATCH);
        send("a");
        assertThat(wire.poll(2, poll)).isEqualTo(PollWire.Outcome.UNKNOWN_BATCH);
    }

    @Test
    void poll_waitingFor25Seconds_isAnsweredWithNothing() {
        wire.poll(0, poll);
        pass(24);
        assertThat(wire.check()).isFalse();
        assertThat(events).isEmpty();
        pass(1);
        assertThat(wire.check()).isFalse();
        assertThat(events).containsExactly("");
        assertThat(wire.poll(0, poll)).isEqualTo(PollWire.Outcome.TAKEN);
    }

    @Test
    void client_without15SecondsOfPolls_isAway() {
        pass(15);
        assertThat(wire.check()).isFalse();
        wire.poll(0, poll);
        pass(16);
        assertThat(wire.check()).as("the poll waits").isFalse();
        send("a");
        pass(15);
        assertThat(wire.check()).isFalse();
        pass(1);
        assertThat(wire.check()).isTrue();
    }

    @Test
    void close_withAPollThatWaits_isItsAnswer() {
        wire.poll(0, poll);
        wire.close(CloseStatus.NORMAL, "over");
        assertThat(events).containsExactly(END);
        assertThat(closing).isEqualTo(1);
        assertThat(closed).isEqualTo(1);
        wire.poll(0, poll);
        assertThat(events).containsExactly(END, END);
    }

    @Test
    void close_overAKeptBatch_comesBehindIt() {
        send("ERROR");
        wire.close(CloseStatus.NORMAL, "over");
        assertThat(closed).isEqualTo(1);
        wire.poll(0, poll);
        wire.poll(1, poll);
        assertThat(events).containsExactly("data: ERROR\n\n", END);
    }

    @Test
    void ping_pollThatWaits_isAnsweredWithNothing() {
        wire.ping();
        wire.poll(0, poll);
        assertThat(events).isEmpty();
        wire.ping();
        assertThat(events).containsExactly("");
        assertThat(wire.poll(0, poll)).isEqualTo(PollWire.Outcome.TAKEN);
    }

    private List<Boolean> send(String text) {
        List<Boolean> done = new ArrayList<>();
        EncodedFrame frame = new EncodedFrame(text.getBytes(StandardCharsets.UTF_8), new byte[0], true);
        wire.send(List.of(new WireMessage(List.of(frame), true)), done::add);
        return done;
    }

    private void pass(int seconds) {
        nanos += Duration.ofSeconds(seconds).toNanos();
    }
}
