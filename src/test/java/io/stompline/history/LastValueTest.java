package io.stompline.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.history.rules.HistorySettings;
import io.stompline.history.rules.Keeping;
import io.stompline.history.rules.LastValue;
import io.stompline.history.rules.Retention;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.Audience;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.routing.TopicRules;
import io.stompline.routing.hub.Broadcast;
import io.stompline.routing.hub.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics of which the last value of each key is kept. */
class LastValueTest {
    private static final Destination PRICES = topic("prices/*");
    private static final Destination BOARD = topic("board");
    private static final LastValue BY_TOPIC = new LastValue(Optional.empty(), Optional.empty());
    private static final LastValue BY_CELL = new LastValue(Optional.of("cell"), Optional.of(Duration.ofMinutes(5)));
    private static final Replay.Limit MUCH = new Replay.Limit(10_000, 10_000_000);

    private final Metrics metrics = new Metrics();
    private long millis = 1_000_000;
    private final History history = history(1_000_000);

    @Test
    void parse_keyAndTime_areRead() {
        assertThat(LastValue.parse(List.of())).contains(BY_TOPIC);
        assertThat(LastValue.parse(List.of("key=cell", "ttl=5m"))).contains(BY_CELL);
        assertThat(LastValue.parse(List.of("ttl=5m", "key=cell"))).contains(BY_CELL);
        assertThat(LastValue.parse(List.of("ttl=7d")))
                .contains(new LastValue(Optional.empty(), Optional.of(Duration.ofDays(7))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"key=", "cell", "ttl=", "ttl=5", "ttl=8d", "key=a key=b", "ttl=1m ttl=2m", "100 5m", "key"})
    void parse_anythingElse_isNone(String words) {
        assertThat(LastValue.parse(List.of(words.split(" ")))).isEmpty();
    }

    @Test
    void topic_newcomer_getsItsLastValue() {
        set("prices/a", "", "1");
        set("prices/b", "", "2");
        set("prices/a", "", "3");
        assertThat(read(topic("prices/a"), new Rewind.First())).containsExactly("3");
        assertThat(read(PRICES, new Rewind.First())).containsExactly("2", "3");
        assertThat(read(topic("prices/c"), new Rewind.First())).isEmpty();
        assertThat(read(PRICES, new Rewind.Next())).isEmpty();
        assertThat(history.keepsValues(PRICES)).isTrue();
        assertThat(history.keepsValues(topic("chat"))).isFalse();
        assertThat(history.covering(topic("chat"))).contains(topic("chat"));
    }

    @Test
    void key_eachValueOfTheHeader_isKeptByItself() {
        set("board", "a", "a1");
        set("board", "b", "b1");
        set("board", "a", "a2");
        history.record(BOARD, message(BOARD, Headers.none(), "none"));
        set("board", "c", "c1");
        history.record(BOARD, message(BOARD, Headers.none(), "none again"));
        assertThat(read(BOARD, new Rewind.First())).containsExactly("b1", "a2", "c1", "none again");
        assertThat(read(BOARD, new Rewind.Last(2))).containsExactly("c1", "none again");
        assertThat(metrics.gauges().get(Meter.LAST_VALUES).getAsLong()).isEqualTo(4);
    }

    @Test
    void since_valuesThatChangedThen_areShown() {
        set("board", "a", "a1");
        millis = 2_000_000;
        set("board", "b", "b1");
        assertThat(read(BOARD, new Rewind.Since(Instant.ofEpochSecond(2_000)))).containsExactly("b1");
    }

    @Test
    void deletion_isToldWhoWasAway_andHiddenFromNewcomers() {
        set("board", "a", "a1");
        Position before = set("board", "b", "b1");
        set("board", "a", "");
        assertThat(read(BOARD, new Rewind.First())).containsExactly("b1");
        Replay resumed = replay(BOARD, new Rewind.After(before));
        assertThat(resumed.recovered()).isTrue();
        assertThat(bodies(resumed)).containsExactly("");
        millis += Duration.ofMinutes(10).toMillis();
        set("board", "c", "c1");
        Replay late = replay(BOARD, new Rewind.After(before));
        assertThat(late.recovered()).isFalse();
        assertThat(bodies(late)).containsExactly("c1");
    }

    @Test
    void after_changedKeys_areShownOnceWithTheirLastValue() {
        set("board", "a", "a1");
        Position before = set("board", "b", "b1");
        set("board", "a", "a2");
        set("board", "a", "a3");
        Replay resumed = replay(BOARD, new Rewind.After(before));
        assertThat(resumed.recovered()).isTrue();
        assertThat(bodies(resumed)).containsExactly("a3");
        assertThat(replay(BOARD, new Rewind.After(history.now())).recovered()).isTrue();
    }

    /** The page forgets what it has, and gets everything. */
    @Test
    void after_unknownPosition_beginsAgain() {
        set("board", "a", "a1");
        Replay foreign = replay(BOARD, new Rewind.After(new Position("other", 1, millis)));
        assertThat(foreign.recovered()).isFalse();
        assertThat(bodies(foreign)).containsExactly("a1");
        Position before = history.now();
        history.interrupted(BOARD);
        Replay interrupted = replay(BOARD, new Rewind.After(before));
        assertThat(interrupted.recovered()).isFalse();
        assertThat(bodies(interrupted)).containsExactly("a1");
    }

    @Test
    void expires_ofAMessageOrOfTheRule_endsTheValue() {
        history.record(PRICES, message(topic("prices/a"), Headers.of("expires", "1000010"), "short"));
        set("prices/b", "", "long");
        set("board", "a", "a1");
        millis = 1_000_010;
        assertThat(read(PRICES, new Rewind.First())).containsExactly("long");
        millis += Duration.ofMinutes(5).toMillis() - 11;
        assertThat(read(BOARD, new Rewind.First())).containsExactly("a1");
        millis++;
        assertThat(read(BOARD, new Rewind.First())).isEmpty();
        history.forgetOld();
        assertThat(metrics.gauges().get(Meter.LAST_VALUES).getAsLong()).isEqualTo(1);
    }

    /** Topics may come and go. */
    @Test
    void memory_topicsWithoutValues_areForgotten_andWhoWasAwayIsTold() {
        long empty = metrics.gauges().get(Meter.HISTORY_BYTES).getAsLong();
        Position before = set("prices/a", "", "1");
        set("prices/a", "", "");
        millis += Duration.ofMinutes(10).toMillis();
        history.forgetOld();
        assertThat(metrics.gauges().get(Meter.HISTORY_BYTES).getAsLong()).isEqualTo(empty);
        assertThat(replay(topic("prices/a"), new Rewind.After(before)).recovered())
                .isFalse();
        assertThat(replay(PRICES, new Rewind.After(before)).recovered()).isFalse();
        assertThat(replay(BOARD, new Rewind.After(before)).recovered()).isTrue();
    }

    @Test
    void user_eachUser_hasValuesOfItsOwn() {
        Destination status = Destination.parse("/user/queue/status").orElseThrow();
        for (String user : List.of("ann", "bob")) {
            Audience audience = Audience.ofUser(user, status);
            history.recordForUser(
                    new Message(Audience.CARRIER, Headers.none(), Body.utf8(user), "", audience, "ID:1"), status);
        }
        assertThat(read(status, new Rewind.First())).containsExactly("ann");
    }

    /** Deletions end later than their {@code expires}: who was away has to be told. */
    @Test
    void expires_ofADeletion_doesNotHideIt() {
        Position before = set("board", "a", "a1");
        history.record(BOARD, message(BOARD, Headers.of("cell", "a", "expires", Long.toString(millis + 10)), ""));
        millis += 20;
        assertThat(bodies(replay(BOARD, new Rewind.After(before)))).containsExactly("");
    }

    @Test
    void keys_moreThanTenThousand_theOneThatChangedLongestAgoGoes() {
        History large = history(20_000_000);
        for (int i = 0; i <= ValueRing.MAX_KEYS; i++) {
            record(large, BOARD, BOARD, "k" + i, Integer.toString(i));
            record(large, BOARD, BOARD, "k1", "changes all the time");
        }
        List<String> kept =
                bodies(large.replay(KeptDestination.of(BOARD, "ann"), new Rewind.First(), wanted -> true, MUCH));
        assertThat(kept).hasSize(ValueRing.MAX_KEYS).doesNotContain("0").contains("2", "changes all the time");
        assertThat(metrics.counter(Meter.LAST_VALUES_FORGOTTEN).value()).isEqualTo(1);
    }

    @Test
    void slices_manyValues_comeInOrderWithinTheLimit() {
        for (int i = 0; i < 100; i++) {
            set("board", "k" + i, i == 50 ? "x".repeat(20_000) : "x");
        }
        Replay replay = history.replay(
                KeptDestination.of(BOARD, "ann"), new Rewind.First(), wanted -> true, new Replay.Limit(7, 5_000));
        assertThat(replay.count()).isEqualTo(100);
        List<Integer> sizes = new ArrayList<>(List.of(replay.messages().size()));
        List<Long> numbers = new ArrayList<>(numbers(replay.messages()));
        while (replay.rest().hasNext()) {
            List<Broadcast> slice = replay.rest().next();
            sizes.add(slice.size());
            numbers.addAll(numbers(slice));
        }
        assertThat(numbers).hasSize(100).isSorted();
        assertThat(sizes).allMatch(size -> size <= 7).contains(1);
        assertThat(replay.told().number()).isEqualTo(numbers.get(0) - 1);
    }

    /** A busy history must not push out values that change once a day. */
    @Test
    void memory_full_keepsValuesLongerThanHistories() {
        History small = history(20_000);
        record(small, PRICES, topic("prices/quiet"), "", "value");
        for (int i = 0; i < 100; i++) {
            record(small, topic("chat"), topic("chat"), "", "x".repeat(1_000));
        }
        assertThat(bodies(small.replay(
                        KeptDestination.of(topic("prices/quiet"), "ann"), new Rewind.First(), wanted -> true, MUCH)))
                .containsExactly("value");
        for (int i = 0; i < 1_000; i++) {
            record(small, PRICES, topic("prices/" + i), "", "x".repeat(1_000));
            assertThat(metrics.gauges().get(Meter.HISTORY_BYTES).getAsLong()).isLessThanOrEqualTo(20_000);
        }
        assertThat(metrics.counter(Meter.LAST_VALUES_FORGOTTEN).value()).isPositive();
    }

    /**
     * Whatever happens: a page that resumes, or begins again when it is told to, never shows a value that is not the
     * last one of its key, and lacks none while there is memory.
     */
    @Test
    void page_randomEvents_showsTheLastValues() {
        Random random = new Random(3);
        for (int run = 0; run < 60; run++) {
            boolean scarce = random.nextInt(4) == 0;
            History some = history(scarce ? 3_000 + random.nextInt(20_000) : 10_000_000);
            Map<String, Value> all = new LinkedHashMap<>();
            List<Page> pages = IntStream.range(0, 4).mapToObj(i -> new Page()).toList();
            for (int step = 0; step < 120; step++) {
                millis += random.nextInt(60_000);
                String cell = "k" + random.nextInt(6);
                String body = random.nextInt(4) == 0 ? "" : run + "-" + step + "x".repeat(random.nextInt(500));
                record(some, BOARD, BOARD, cell, body);
                all.put(
                        cell,
                        new Value(
                                body,
                                millis + BY_CELL.timeToLive().orElseThrow().toMillis()));
                all.values().removeIf(value -> value.body.isEmpty());
                if (random.nextInt(40) == 0) {
                    some.interrupted(BOARD);
                }
                if (random.nextInt(10) == 0) {
                    some.forgetOld();
                }
                Page page = pages.get(random.nextInt(pages.size()));
                page.comeBack(some);
                all.values().removeIf(value -> value.endMillis <= millis);
                page.cells.values().removeIf(value -> value.endMillis <= millis);
                if (scarce) {
                    assertThat(all).containsAllEntriesOf(page.cells);
                } else {
                    assertThat(page.cells).isEqualTo(all);
                }
            }
        }
    }

    private record Value(String body, long endMillis) {}

    /** As a browser would do it. */
    private static final class Page {
        private final Map<String, Value> cells = new HashMap<>();
        private Optional<Position> position = Optional.empty();

        void comeBack(History history) {
            Replay replay = history.replay(
                    KeptDestination.of(BOARD, "ann"),
                    position.<Rewind>map(Rewind.After::new).orElse(new Rewind.First()),
                    wanted -> true,
                    MUCH);
            if (!replay.recovered()) {
                cells.clear();
            }
            for (Broadcast value : replay.messages()) {
                String cell = value.message().headers().first("cell").orElseThrow();
                cells.put(
                        cell,
                        new Value(
                                body(value.message()),
                                value.position().orElseThrow().millis()
                                        + BY_CELL.timeToLive().orElseThrow().toMillis()));
            }
            cells.values().removeIf(value -> value.body.isEmpty());
            position = Optional.of(replay.now());
        }
    }

    private History history(long maxBytes) {
        TopicRules<Keeping> rules = new TopicRules<>(List.of(
                new TopicRules.Rule<>(PRICES, BY_TOPIC),
                new TopicRules.Rule<>(BOARD, BY_CELL),
                new TopicRules.Rule<>(Destination.parse("/user/**").orElseThrow(), BY_TOPIC),
                new TopicRules.Rule<>(topic("chat"), new Retention(1_000, Duration.ofMinutes(5)))));
        return new History(new HistorySettings(rules, maxBytes), () -> Instant.ofEpochMilli(millis), metrics);
    }

    private Position set(String topic, String cell, String body) {
        return record(history, topic.equals("board") ? BOARD : PRICES, topic(topic), cell, body);
    }

    private static Position record(History history, Destination pattern, Destination topic, String cell, String body) {
        return history.record(pattern, message(topic, Headers.of("cell", cell), body))
                .flatMap(Broadcast::position)
                .orElseThrow();
    }

    private Replay replay(Destination what, Rewind rewind) {
        return history.replay(KeptDestination.of(what, "ann"), rewind, wanted -> true, MUCH);
    }

    private List<String> read(Destination what, Rewind rewind) {
        return bodies(replay(what, rewind));
    }

    private static List<String> bodies(Replay replay) {
        return replay.messages().stream()
                .map(broadcast -> body(broadcast.message()))
                .toList();
    }

    private static List<Long> numbers(List<Broadcast> messages) {
        return messages.stream()
                .map(broadcast -> broadcast.position().orElseThrow().number())
                .toList();
    }

    private static String body(Message message) {
        return message.body().text().orElseThrow();
    }

    private static Destination topic(String name) {
        return Destination.topic(name);
    }

    private static Message message(Destination topic, Headers headers, String body) {
        return new Message(topic, headers, Body.utf8(body), "", Audience.EVERYBODY, "ID:" + body.hashCode());
    }
}
