package io.stompline.session.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Body;
import io.stompline.frame.Command;
import io.stompline.frame.EncodedFrame;
import io.stompline.frame.Frame;
import io.stompline.frame.FrameEncoder;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import io.stompline.metrics.Metrics;
import io.stompline.session.protocol.CloseStatus;
import io.stompline.session.protocol.SessionLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final int MAX_BYTES = 20_000;

    private final AtomicLong nanos = new AtomicLong();
    private final Metrics metrics = new Metrics();
    private final SlowWire wire = new SlowWire();
    private final Outbox outbox = new Outbox(
            wire,
            Runnable::run,
            new OutboxBudget(1_000_000),
            new SessionLimits.OutboxLimits(MAX_BYTES, 8_000, Duration.ofSeconds(10)),
            metrics,
            nanos::get);

    @Test
    void countsWhatTheSocketTook() {
        outbox.offer(message("1"));
        assertThat(metrics.counter("bytes_sent").value()).isZero();
        outbox.offer(message("2"));
        wire.take();
        wire.take();
        assertThat(metrics.counter("frames_sent").value()).isEqualTo(2);
        assertThat(metrics.counter("bytes_sent").value())
                .isEqualTo(message("1").size() + message("2").size());
    }

    @Test
    void sendsALoneFrameAtOnceAndWhatWaitsTogetherInOrder() {
        outbox.offer(message("1"));
        outbox.offer(message("2"));
        outbox.offer(message("3"));
        assertThat(wire.sent).containsExactly("1");
        wire.take();
        assertThat(wire.sent).containsExactly("1", "23");
    }

    @Test
    void refusesWhatPassesItsBoundButNotAReceipt() {
        outbox.offer(message("1"));
        assertThat(outbox.offer(message("x".repeat(MAX_BYTES)))).isFalse();
        assertThat(outbox.offer(message("y".repeat(MAX_BYTES - 100)))).isTrue();
        assertThat(outbox.offer(message("z".repeat(200)))).isFalse();
        assertThat(outbox.offerControl(message("receipt"))).isTrue();
    }

    @Test
    void tellsWhenTheSocketTookAFrame() {
        List<String> written = new ArrayList<>();
        outbox.offer(message("1"), () -> written.add("1"));
        assertThat(written).isEmpty();
        wire.take();
        assertThat(written).containsExactly("1");
    }

    @Test
    void sendsTheLastFrameAfterWhatWaitsAndThenCloses() {
        outbox.offer(message("1"));
        outbox.offer(message("2"));
        outbox.finish(List.of(message("error")), false, CloseStatus.PROTOCOL_ERROR, "error", Duration.ZERO);
        wire.take();
        assertThat(wire.sent).containsExactly("1", "2error");
        assertThat(wire.closed).isEmpty();
        wire.take();
        assertThat(wire.closed).containsExactly(CloseStatus.PROTOCOL_ERROR);
    }

    @Test
    void dropsWhatWaitsForAClientThatDoesNotRead() {
        outbox.offer(message("1"));
        outbox.offer(message("2"));
        outbox.finish(List.of(message("error")), true, CloseStatus.POLICY_VIOLATION, "slow", Duration.ZERO);
        wire.take();
        assertThat(wire.sent).containsExactly("1", "error");
    }

    @Test
    void closesOverALastFrameThatDoesNotLeave() {
        outbox.offer(message("1"));
        outbox.finish(List.of(message("error")), true, CloseStatus.POLICY_VIOLATION, "slow", Duration.ZERO);
        outbox.closeIfDue();
        assertThat(outbox.isClosed()).isFalse();
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        outbox.closeIfDue();
        assertThat(wire.closed).containsExactly(CloseStatus.POLICY_VIOLATION);
    }

    @Test
    void letsTheClientCloseFirst() {
        outbox.finish(List.of(message("receipt")), false, CloseStatus.NORMAL, "bye", Duration.ofMillis(150));
        wire.take();
        outbox.closeIfDue();
        assertThat(wire.closed).isEmpty();
        nanos.addAndGet(Duration.ofMillis(150).toNanos());
        outbox.closeIfDue();
        assertThat(wire.closed).containsExactly(CloseStatus.NORMAL);
    }

    @Test
    void knowsThatASocketTakesNothing() {
        outbox.offer(message("1"));
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(outbox.isStalled()).isFalse();
        nanos.addAndGet(1);
        assertThat(outbox.isStalled()).isTrue();
    }

    @Test
    void closesWhenTheSocketIsBroken() {
        outbox.offer(message("1"));
        wire.refuse();
        assertThat(outbox.isClosed()).isTrue();
        assertThat(outbox.offer(message("2"))).isTrue();
        assertThat(wire.sent).containsExactly("1");
    }

    @Test
    void beatsOnlyWhenNothingElseIsUnderWay() {
        outbox.offer(message("1"));
        outbox.offerHeartBeat();
        wire.take();
        assertThat(wire.sent).containsExactly("1");
        outbox.offerHeartBeat();
        assertThat(wire.sent).hasSize(2);
    }

    private static EncodedFrame message(String body) {
        return FrameEncoder.encode(new Frame(Command.MESSAGE, Headers.none(), Body.utf8(body)), Version.V1_2);
    }

    /** A socket that takes a message when it is told to. */
    private static final class SlowWire implements Wire {
        private final List<String> sent = new ArrayList<>();
        private final Queue<Consumer<Boolean>> underWay = new ArrayDeque<>();
        private final List<CloseStatus> closed = new ArrayList<>();

        @Override
        public void send(byte[] bytes, boolean text, Consumer<Boolean> done) {
            // Bodies only.
            sent.add(new String(bytes, StandardCharsets.UTF_8)
                    .replaceAll("(?s)MESSAGE\n.*?\n\n", "")
                    .replace("\0", ""));
            underWay.add(done);
        }

        void take() {
            underWay.remove().accept(true);
        }

        void refuse() {
            underWay.remove().accept(false);
        }

        @Override
        public void ping() {
            // Not looked at.
        }

        @Override
        public void close(CloseStatus status, String reason) {
            closed.add(status);
        }
    }
}
