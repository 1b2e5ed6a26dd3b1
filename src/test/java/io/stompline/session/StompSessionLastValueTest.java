package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Command;
import io.stompline.frame.Frame;
import io.stompline.frame.Version;
import io.stompline.history.rules.HistorySettings;
import io.stompline.history.rules.LastValue;
import io.stompline.metrics.Meter;
import io.stompline.routing.Destination;
import io.stompline.routing.TopicRules;
import io.stompline.security.Action;
import io.stompline.security.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscribers that get the last values first. */
class StompSessionLastValueTest {
    private final TestNode node = node(3);
    private final TestClient ann = node.connected("ann");

    private static TestNode node(int maxUnacknowledged) {
        return TestNode.keeping(
                new HistorySettings(
                        new TopicRules<>(List.of(
                                new TopicRules.Rule<>(
                                        Destination.topic("prices/*"),
                                        new LastValue(Optional.empty(), Optional.empty())),
                                new TopicRules.Rule<>(
                                        Destination.topic("board"),
                                        new LastValue(Optional.of("cell"), Optional.empty())))),
                        1_000_000),
                Rules.withUnacknowledgedOfTopic(maxUnacknowledged));
    }

    @BeforeEach
    void keep() {
        node.router.keep(Destination.topic("prices/*"));
        node.router.keep(Destination.topic("board"));
    }

    @Test
    void lastValue_newcomer_getsItUnaskedThenTheLiveStream() {
        node.publish("/topic/prices/a", "1");
        node.publish("/topic/prices/a", "2");
        ann.subscribe("s", "/topic/prices/a", "receipt", "r");
        node.publish("/topic/prices/a", "3");
        assertThat(ann.received()).containsExactly("receipt r", "s: 2", "s: 3");
        assertThat(ann.header("2", "x-replayed")).isEqualTo("true");
        assertThat(ann.headers("3")).doesNotContain("x-replayed");
        assertThat(ann.receipt("r").header("x-replayed")).contains("1");
        assertThat(ann.receipt("r").header("x-recovered")).isEmpty();
        assertThat(node.count(Meter.LAST_VALUES_SHOWN)).isEqualTo(1);
        assertThat(node.count(Meter.HISTORY_MESSAGES_REPLAYED)).isZero();
    }

    @Test
    void lastValue_withoutReceipt_comesBeforeTheLiveStream() {
        set("a", "a1");
        ann.subscribe("s", "/topic/board");
        set("a", "a2");
        assertThat(ann.received()).containsExactly("s: a1", "s: a2");
    }

    @Test
    void next_declines() {
        set("a", "a1");
        ann.subscribe("s", "/topic/board", "x-stream-offset", "next", "receipt", "r");
        set("a", "a2");
        assertThat(ann.received()).containsExactly("receipt r", "s: a2");
        assertThat(ann.receipt("r").header("x-replayed")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"first, 2", "last, 1", "last=1, 1", "last=5, 2", "timestamp=0, 2"})
    void offset_chooses_amongTheValues(String offset, int count) {
        set("a", "a1");
        set("b", "b1");
        ann.subscribe("s", "/topic/board", "x-stream-offset", offset, "receipt", "r");
        assertThat(ann.receipt("r").header("x-replayed")).contains(Integer.toString(count));
        assertThat(ann.received()).endsWith("s: b1").hasSize(1 + count);
    }

    @Test
    void resume_getsWhatChanged_andWhatWasDeleted() {
        set("a", "a1");
        set("b", "b1");
        ann.subscribe("s", "/topic/board");
        set("c", "c1");
        String position = ann.header("c1", "x-stream-offset");
        set("a", "a2");
        set("a", "a3");
        set("b", "");
        TestClient again = node.connected("ann");
        again.subscribe("t", "/topic/board", "x-stream-offset", "after=" + position, "receipt", "r");
        assertThat(again.received()).containsExactly("receipt r", "t: a3", "t: ");
        assertThat(again.receipt("r").header("x-recovered")).contains("true");
        assertThat(again.header("", "cell")).isEqualTo("b");
    }

    @Test
    void resume_unknownPosition_getsEverything() {
        set("a", "a1");
        ann.subscribe("s", "/topic/board", "x-stream-offset", "after=other.1.1", "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r", "s: a1");
        assertThat(ann.receipt("r").header("x-recovered")).contains("false");
        assertThat(ann.receipt("r").header("x-replayed")).contains("1");
    }

    @Test
    void rights_withoutHistory_thePastIsNotShown() {
        node.control = (caller, action, destination) -> action == Action.READ_HISTORY
                ? Optional.of(new Refusal(Refusal.Reason.FORBIDDEN, "no history"))
                : Optional.empty();
        set("a", "a1");
        ann.subscribe("s", "/topic/board", "receipt", "r");
        set("a", "a2");
        assertThat(ann.received()).containsExactly("receipt r", "s: a2");
        assertThat(ann.receipt("r").header("x-replayed")).isEmpty();
        ann.subscribe("t", "/topic/board", "x-stream-offset", "first");
        assertThat(ann.received()).containsExactly("error: destination not allowed");
    }

    @Test
    void bean_thatAnswers_wins() {
        set("a", "a1");
        node.application.answer("/topic/board", request -> Optional.of(StompSessionHistoryTest.snapshot("all")));
        ann.subscribe("s", "/topic/board", "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r", "s: all");
        assertThat(ann.receipt("r").header("x-replayed")).contains("0");
        node.application.answer("/topic/board", request -> Optional.empty());
        ann.subscribe("t", "/topic/board");
        assertThat(ann.received()).containsExactly("t: a1");
    }

    @Test
    void ownFeeds_haveNone() {
        set("a", "a1");
        TestClient cora = node.connected("cora", Version.V1_2, "client-id", "c");
        cora.subscribe("s", "/topic/board", "durable", "true");
        cora.subscribe("t", "/topic/board", "selector", "cell = 'b'");
        assertThat(cora.received()).isEmpty();
    }

    @Test
    void slices_slowClient_getsEachWhenItHasTakenTheOneBefore() {
        for (int i = 0; i < 10; i++) {
            node.publish("/topic/prices/" + i, i + "x".repeat(2_000));
        }
        ann.wire.hold();
        ann.subscribe("s", "/topic/prices/*", "receipt", "r");
        assertThat(ann.receipt("r").header("x-replayed")).contains("10");
        node.publish("/topic/prices/3", "live");
        assertThat(node.budget.bytes()).isLessThan(12_000);
        while (!ann.wire.isIdle()) {
            assertThat(node.budget.bytes()).isLessThan(12_000);
            ann.wire.take();
        }
        assertThat(ann.received().stream().map(text -> text.replace("x", "")))
                .containsExactly(
                        "receipt r",
                        "s: 0",
                        "s: 1",
                        "s: 2",
                        "s: 3",
                        "s: 4",
                        "s: 5",
                        "s: 6",
                        "s: 7",
                        "s: 8",
                        "s: 9",
                        "s: live");
    }

    /** What came meanwhile is more than an outbox takes. */
    @Test
    void slices_manyMessagesMeanwhile_comeAsTheClientTakesThem() {
        TestNode busy = node(1_000);
        busy.router.keep(Destination.topic("prices/*"));
        for (int i = 0; i < 10; i++) {
            busy.publish("/topic/prices/" + i, i + "x".repeat(2_000));
        }
        TestClient slow = busy.connected("ann");
        slow.wire.hold();
        slow.subscribe("s", "/topic/prices/*");
        for (int i = 10; i < 60; i++) {
            busy.publish("/topic/prices/" + i % 10, i + "x".repeat(2_000));
        }
        while (!slow.wire.isIdle()) {
            assertThat(busy.budget.bytes()).isLessThan(15_000);
            slow.wire.take();
        }
        busy.publish("/topic/prices/1", "60");
        slow.wire.take();
        assertThat(slow.received().stream().map(text -> text.replace("x", "")))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(0, 60).mapToObj(i -> "s: " + i).toList());
    }

    @Test
    void slices_twoSubscriptionsOfASlowClient_takeTurns() {
        for (int i = 0; i < 10; i++) {
            node.publish("/topic/prices/" + i, "x".repeat(2_000));
            set("cell" + i, "y".repeat(2_000));
        }
        ann.wire.hold();
        ann.subscribe("s", "/topic/prices/*");
        ann.wire.take();
        ann.subscribe("t", "/topic/board");
        while (!ann.wire.isIdle()) {
            assertThat(node.budget.bytes()).isLessThan(15_000);
            ann.wire.take();
            ann.pass(Duration.ofMillis(100));
        }
        List<String> received = ann.received();
        assertThat(received).filteredOn(text -> text.startsWith("s: ")).hasSize(10);
        assertThat(received).filteredOn(text -> text.startsWith("t: ")).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "client-individual"})
    void slices_toBeAcknowledged_waitForTheAcks(String mode) {
        IntStream.range(0, 10).forEach(i -> set("cell" + i, Integer.toString(i)));
        ann.subscribe("s", "/topic/board", "ack", mode);
        List<String> all = new ArrayList<>();
        for (List<String> slice = ann.received(); !slice.isEmpty(); slice = ann.received()) {
            assertThat(slice).hasSizeLessThanOrEqualTo(3);
            all.addAll(slice);
            slice.forEach(text -> ann.ack(text.substring(3)));
        }
        assertThat(all).hasSize(10);
        assertThat(ann.session.hasEnded()).isFalse();
    }

    @Test
    void slices_unsubscribed_endAtOnce() {
        IntStream.range(0, 10).forEach(i -> set("cell" + i, i + "x".repeat(2_000)));
        ann.wire.hold();
        ann.subscribe("s", "/topic/board");
        ann.send(Command.UNSUBSCRIBE, "id", "s");
        ann.wire.release();
        assertThat(ann.received()).hasSize(3);
    }

    @Test
    void position_ofTheReceipt_isBeforeTheValues() {
        IntStream.range(0, 10).forEach(i -> set("cell" + i, i + "x".repeat(2_000)));
        ann.wire.hold();
        ann.subscribe("s", "/topic/board", "receipt", "r");
        String position = ann.receipt("r").header("x-stream-offset").orElseThrow();
        TestClient again = node.connected("ann");
        again.subscribe("t", "/topic/board", "x-stream-offset", "after=" + position, "receipt", "r");
        assertThat(again.receipt("r").header("x-recovered")).contains("true");
        assertThat(again.receipt("r").header("x-replayed")).contains("10");
    }

    /**
     * Counters that only grow, clients that come, read slowly, are cut and resume: no client sees one go back, and each
     * ends with the last value of all keys.
     */
    @Test
    void join_randomInterleaving_isMonotoneAndWhole() {
        for (int seed = 0; seed < 25; seed++) {
            Random random = new Random(seed);
            TestNode busy = node(1_000);
            busy.router.keep(Destination.topic("board"));
            Map<String, Integer> last = new HashMap<>();
            List<Reader> readers = List.of(new Reader(busy), new Reader(busy), new Reader(busy));
            for (int step = 1; step < 250; step++) {
                Reader reader = readers.get(random.nextInt(readers.size()));
                switch (random.nextInt(8)) {
                    case 0 -> reader.comeBack();
                    case 1, 2, 3 -> reader.take();
                    default -> {
                        String cell = "k" + random.nextInt(20);
                        last.put(cell, step);
                        busy.publish("/topic/board", step + "x".repeat(random.nextInt(800)), "cell", cell);
                    }
                }
            }
            for (Reader reader : readers) {
                reader.comeBack();
                reader.finish();
                assertThat(reader.cells).as("seed " + seed).isEqualTo(last);
            }
        }
    }

    /** A page that keeps the position of each message that it took. */
    private static final class Reader {
        private final TestNode node;
        private final Map<String, Integer> cells = new HashMap<>();
        private Optional<String> position = Optional.empty();
        private Optional<TestClient> client = Optional.empty();
        private int read;

        Reader(TestNode node) {
            this.node = node;
        }

        void comeBack() {
            client.ifPresent(former -> former.session.leave());
            TestClient next = node.connected("ann");
            read = next.wire.frames().size();
            client = Optional.of(next);
            next.wire.hold();
            String[] headers = position.map(text -> new String[] {"x-stream-offset", "after=" + text})
                    .orElse(new String[0]);
            next.subscribe("s", "/topic/board", headers);
        }

        void take() {
            client.filter(open -> !open.wire.isIdle()).ifPresent(open -> {
                open.wire.take();
                readAll(open);
            });
        }

        void finish() {
            while (!client.orElseThrow().wire.isIdle()) {
                take();
            }
            assertThat(client.orElseThrow().session.hasEnded()).isFalse();
        }

        private void readAll(TestClient open) {
            List<Frame> frames = open.wire.frames();
            for (Frame frame : frames.subList(read, frames.size())) {
                assertThat(frame.command()).isEqualTo(Command.MESSAGE);
                int value = Integer.parseInt(frame.body().text().orElseThrow().replace("x", ""));
                Integer former = cells.put(frame.header("cell").orElseThrow(), value);
                assertThat(former == null || former < value).isTrue();
                position = frame.header("x-stream-offset");
            }
            read = frames.size();
        }
    }

    private void set(String cell, String value) {
        node.publish("/topic/board", value, "cell", cell);
    }
}
