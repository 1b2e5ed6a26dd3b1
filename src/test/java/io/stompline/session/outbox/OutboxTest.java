package io.stompline.session.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Body;
import io.stompline.frame.Command;
import io.stompline.frame.EncodedFrame;
import io.stompline.frame.Frame;
import io.stompline.frame.FrameEncoder;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.session.protocol.CloseStatus;
import io.stompline.session.protocol.OverflowPolicy;
import io.stompline.session.protocol.SessionLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final int MAX_BYTES = 20_000;
    private static final int BUDGET = 1_000_000;

    private final AtomicLong nanos = new AtomicLong();
    private final Metrics metrics = new Metrics();
    private final OutboxBudget budget = new OutboxBudget(BUDGET);
    private final List<String> overflows = new ArrayList<>();
    private final SlowWire wire = new SlowWire();
    private final Outbox outbox = outbox(MAX_BYTES, false);

    @Test
    void outbox_transportTook_isCounted() {
        offer("1");
        assertThat(metrics.counter(Meter.BYTES_SENT).value()).isZero();
        offer("2");
        wire.take();
        wire.take();
        assertThat(metrics.counter(Meter.FRAMES_SENT).value()).isEqualTo(2);
        assertThat(metrics.counter(Meter.BYTES_SENT).value())
                .isEqualTo(message("1").size() + message("2").size());
    }

    @Test
    void outbox_loneFrame_goesAtOnceAndWhatWaitsInOneWriteInOrder() {
        offer("1");
        offer("2");
        offer("3");
        assertThat(wire.sent).containsExactly("1");
        wire.take();
        assertThat(wire.sent).containsExactly("1", "2|3");
    }

    @Test
    void outbox_merged_sendsNeighboursOfOneTypeAsOneMessage() {
        Outbox merging = outbox(MAX_BYTES, true);
        for (String body : List.of("1", "2", "3")) {
            merging.offer(message(body), OverflowPolicy.CLOSE);
        }
        EncodedFrame binary = new EncodedFrame(new byte[0], new byte[] {'b'}, false);
        merging.offer(binary, OverflowPolicy.CLOSE);
        merging.offer(binary, OverflowPolicy.CLOSE);
        wire.take();
        assertThat(wire.sent).containsExactly("1", "23|bb");
    }

    @Test
    void outbox_frameThatDoesNotFitIntoTheWrite_waitsForTheNext() {
        offer("1");
        offer("x".repeat(7_900));
        offer("y".repeat(100));
        wire.take();
        wire.take();
        assertThat(wire.sent).containsExactly("1", "x".repeat(7_900), "y".repeat(100));
    }

    @Test
    void room_much_runsWhoWaitedForItOnce() {
        List<String> ran = new ArrayList<>();
        outbox.whenMuchRoom(() -> ran.add("at once"));
        offer("1");
        offer("x".repeat(MAX_BYTES / 2));
        outbox.whenMuchRoom(() -> ran.add("later"));
        assertThat(ran).containsExactly("at once");
        wire.take();
        assertThat(ran).as("half is still under way").containsExactly("at once");
        wire.take();
        offer("2");
        wire.take();
        assertThat(ran).containsExactly("at once", "later");
    }

    @Test
    void room_all_runsWhoWaitedForItWhenNothingIsLeft() {
        List<String> ran = new ArrayList<>();
        outbox.whenAllRoom(() -> ran.add("at once"));
        offer("1");
        offer("2");
        outbox.whenAllRoom(() -> ran.add("later"));
        wire.take();
        assertThat(ran).as("the second is under way").containsExactly("at once");
        wire.take();
        assertThat(ran).containsExactly("at once", "later");
    }

    @Test
    void room_connectionEnds_runsNobody() {
        List<String> ran = new ArrayList<>();
        offer("x".repeat(MAX_BYTES / 2));
        outbox.whenMuchRoom(() -> ran.add("too late"));
        wire.refuse();
        assertThat(ran).isEmpty();
    }

    @Test
    void outbox_passesItsLimit_isFullButNotForAReceipt() {
        offer("1");
        assertThat(offer("x".repeat(MAX_BYTES))).isEqualTo(Offer.FULL);
        assertThat(offer("y".repeat(MAX_BYTES - 100))).isEqualTo(Offer.TAKEN);
        assertThat(offer("z".repeat(200))).isEqualTo(Offer.FULL);
        assertThat(outbox.offerControl(message("receipt"))).isEqualTo(Offer.TAKEN);
    }

    @Test
    void overflow_policyClose_tellsTheLimitAndItsSetting() {
        offer("1");
        offer("x".repeat(MAX_BYTES));
        assertThat(overflows)
                .containsExactly("more than 20000 octets wait for this client (stompline.outbox.max-bytes)");
    }

    @Test
    void overflow_policyWait_leavesTheFrameWithTheCaller() {
        offer("1");
        assertThat(outbox.offer(message("x".repeat(MAX_BYTES)), OverflowPolicy.WAIT))
                .isEqualTo(Offer.FULL);
        assertThat(overflows).isEmpty();
        wire.take();
        assertThat(outbox.offer(message("2"), OverflowPolicy.WAIT)).isEqualTo(Offer.TAKEN);
    }

    @Test
    void overflow_budgetOfTheNode_isNamed() {
        budget.add(BUDGET);
        Outbox large = outbox(100_000, false);
        large.offer(message("x".repeat(40_000)), OverflowPolicy.CLOSE);
        assertThat(large.offer(message("2"), OverflowPolicy.CLOSE)).isEqualTo(Offer.FULL);
        assertThat(overflows).containsExactly("more than 1000000 octets wait for all clients of this node");
    }

    @Test
    void overflow_receiptsUnread_tellsSo() {
        offer("1");
        while (outbox.offerControl(message("r".repeat(1_000))) == Offer.TAKEN) {
            assertThat(overflows).isEmpty();
        }
        assertThat(overflows)
                .containsExactly("the client does not read its receipts: more than 85536 octets wait for it"
                        + " (stompline.outbox.max-bytes + 65536)");
    }

    @Test
    void outbox_transportTookAFrame_callsWritten() {
        List<String> written = new ArrayList<>();
        outbox.offer(message("1"), OverflowPolicy.WAIT, () -> written.add("1"));
        assertThat(written).isEmpty();
        wire.take();
        assertThat(written).containsExactly("1");
    }

    @Test
    void closing_lastFrame_goesAfterWhatWaitsThenCloses() {
        offer("1");
        offer("2");
        outbox.finish(List.of(message("error")), false, CloseStatus.PROTOCOL_ERROR, "error", Duration.ZERO);
        wire.take();
        assertThat(wire.sent).containsExactly("1", "2|error");
        assertThat(wire.closed).isEmpty();
        wire.take();
        assertThat(wire.closed).containsExactly(CloseStatus.PROTOCOL_ERROR);
    }

    @Test
    void closing_discard_dropsWhatWaits() {
        offer("1");
        offer("2");
        outbox.finish(List.of(message("error")), true, CloseStatus.POLICY_VIOLATION, "slow", Duration.ZERO);
        wire.take();
        assertThat(wire.sent).containsExactly("1", "error");
    }

    @Test
    void closing_lastFrameDoesNotLeave_closesAfter5Seconds() {
        offer("1");
        outbox.finish(List.of(message("error")), true, CloseStatus.POLICY_VIOLATION, "slow", Duration.ZERO);
        outbox.closeIfDue();
        assertThat(outbox.isClosed()).isFalse();
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        outbox.closeIfDue();
        assertThat(wire.closed).containsExactly(CloseStatus.POLICY_VIOLATION);
    }

    @Test
    void closing_linger_letsTheClientCloseFirst() {
        outbox.finish(List.of(message("receipt")), false, CloseStatus.NORMAL, "bye", Duration.ofMillis(150));
        wire.take();
        outbox.closeIfDue();
        assertThat(wire.closed).isEmpty();
        nanos.addAndGet(Duration.ofMillis(150).toNanos());
        outbox.closeIfDue();
        assertThat(wire.closed).containsExactly(CloseStatus.NORMAL);
    }

    @Test
    void stall_longerThanTheTimeout_tellsTheSetting() {
        offer("1");
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(outbox.checkStall()).isFalse();
        assertThat(overflows).isEmpty();
        nanos.addAndGet(1);
        assertThat(outbox.checkStall()).isTrue();
        assertThat(overflows)
                .containsExactly("a message waited longer than 10000 ms for the client to read it"
                        + " (stompline.outbox.stall-timeout)");
    }

    @Test
    void closing_transportBroken_closesWithInternalError() {
        offer("1");
        wire.refuse();
        assertThat(outbox.isClosed()).isTrue();
        assertThat(wire.closed).containsExactly(CloseStatus.INTERNAL_ERROR);
        assertThat(offer("2")).isEqualTo(Offer.ENDING);
        assertThat(wire.sent).containsExactly("1");
    }

    @Test
    void heartBeat_onlyWhenNothingElseIsUnderWay() {
        offer("1");
        outbox.offerHeartBeat();
        wire.take();
        assertThat(wire.sent).containsExactly("1");
        outbox.offerHeartBeat();
        assertThat(wire.sent).hasSize(2);
    }

    private Outbox outbox(int maxBytes, boolean merged) {
        return new Outbox(
                wire,
                Runnable::run,
                budget,
                new SessionLimits.OutboxLimits(maxBytes, 8_000, merged, Duration.ofSeconds(10)),
                overflows::add,
                metrics,
                nanos::get);
    }

    private Offer offer(String body) {
        return outbox.offer(message(body), OverflowPolicy.CLOSE);
    }

    private static EncodedFrame message(String body) {
        return FrameEncoder.encode(new Frame(Command.MESSAGE, Headers.none(), Body.utf8(body)), Version.V1_2);
    }

    /** A transport that takes a message when it is told to. */
    private static final class SlowWire implements Wire {
        private final List<String> sent = new ArrayList<>();
        private final Queue<Consumer<Boolean>> underWay = new ArrayDeque<>();
        private final List<CloseStatus> closed = new ArrayList<>();

        @Override
        public void send(List<WireMessage> messages, Consumer<Boolean> done) {
            // Bodies only.
            sent.add(messages.stream()
                    .map(message -> new String(message.toBytes(), StandardCharsets.UTF_8)
                            .replaceAll("(?s)MESSAGE\n.*?\n\n", "")
                            .replace("\0", ""))
                    .collect(Collectors.joining("|")));
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
