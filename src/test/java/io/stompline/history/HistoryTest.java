package io.stompline.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.history.rules.HistorySettings;
import io.stompline.history.rules.Keeping;
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
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Destination CHAT = topic("chat/**");
    private static final KeptDestination A = KeptDestination.of(topic("chat/a"), "ann");
    private static final Replay.Limit MUCH = new Replay.Limit(10_000, 10_000_000);
    private static final Duration AGE = Duration.ofMinutes(5);

    private final Metrics metrics = new Metrics();
    private long millis = 1_000_000;
    private final History history = history(10, 1_000_000);

    @Test
    void first_andLast_areWhatIsKept() {
        publish("chat/a", "1", "2", "3");
        publish("chat/b", "other");
        assertThat(read(A, new Rewind.First())).containsExactly("1", "2", "3");
        assertThat(read(A, new Rewind.Last(2))).containsExactly("2", "3");
        assertThat(read(A, new Rewind.Next())).isEmpty();
    }

    @Test
    void since_itsTime_isIncluded() {
        publish("chat/a", "1");
        millis = 1_001_000;
        publish("chat/a", "2");
        millis = 1_002_000;
        publish("chat/a", "3");
        assertThat(read(A, new Rewind.Since(Instant.ofEpochSecond(1_001)))).containsExactly("2", "3");
        assertThat(read(A, new Rewind.Since(Instant.ofEpochSecond(1_002)))).containsExactly("3");
        assertThat(read(A, new Rewind.Since(Instant.ofEpochSecond(1_003)))).isEmpty();
    }

    @Test
    void after_positionOfAMessage_recoversWhatFollows() {
        List<Position> positions = publish("chat/a", "1", "2", "3");
        Replay replay = replay(A, new Rewind.After(positions.get(0)));
        assertThat(bodies(replay)).containsExactly("2", "3");
        assertThat(replay.recovered()).isTrue();
        assertThat(replay(A, new Rewind.After(positions.get(2))).recovered()).isTrue();
    }

    @Test
    void after_quietTopic_isRecoveredByThePositionOfNow() {
        Position before = history.now();
        publish("chat/b", "elsewhere");
        assertThat(replay(A, new Rewind.After(before)).recovered()).isTrue();
    }

    @Test
    void after_messageThatWasForgotten_isNotRecovered() {
        List<Position> positions = publish("chat/a", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
        assertThat(replay(A, new Rewind.After(positions.get(0))).recovered()).isFalse();
        Replay last = replay(A, new Rewind.After(positions.get(1)));
        assertThat(last.recovered()).isTrue();
        assertThat(last.messages()).hasSize(10);
    }

    @Test
    void after_age_isNotRecovered() {
        Position first = publish("chat/a", "1").get(0);
        publish("chat/a", "2");
        millis += AGE.toMillis() + 1;
        Replay replay = replay(A, new Rewind.After(first));
        assertThat(replay.recovered()).isFalse();
        assertThat(replay.messages()).isEmpty();
        assertThat(read(A, new Rewind.First())).isEmpty();
    }

    @Test
    void after_positionOfAnotherNodeOrOfTheFuture_isNotRecovered() {
        Position position = publish("chat/a", "1").get(0);
        assertThat(replay(A, new Rewind.After(new Position("other", position.number(), position.millis())))
                        .recovered())
                .isFalse();
        assertThat(replay(A, new Rewind.After(new Position(position.node(), position.number() + 1, millis)))
                        .recovered())
                .isFalse();
    }

    @Test
    void interrupted_pattern_makesOlderPositionsUnrecoverable() {
        Position before = publish("chat/a", "1").get(0);
        Position elsewhere = publish("news", "1").get(0);
        history.interrupted(CHAT);
        assertThat(replay(A, new Rewind.After(before)).recovered()).isFalse();
        assertThat(replay(KeptDestination.of(topic("chat/new"), "ann"), new Rewind.After(before))
                        .recovered())
                .isFalse();
        assertThat(replay(KeptDestination.of(topic("news"), "ann"), new Rewind.After(elsewhere))
                        .recovered())
                .isTrue();
        assertThat(replay(A, new Rewind.After(history.now())).recovered()).isTrue();
        assertThat(read(A, new Rewind.First())).containsExactly("1");
    }

    @Test
    void pattern_replay_mergesItsTopicsInOrder() {
        Position first = publish("chat/a", "1").get(0);
        publish("chat/b", "2");
        publish("chat/a", "3");
        publish("chat/b/c", "4");
        KeptDestination all = KeptDestination.of(topic("chat/*"), "ann");
        assertThat(read(all, new Rewind.First())).containsExactly("1", "2", "3");
        assertThat(bodies(replay(all, new Rewind.After(first)))).containsExactly("2", "3");
    }

    @Test
    void rule_ofAnotherPattern_keepsTheMessage() {
        Message message = message(topic("chat/vip/a"), "1", Audience.EVERYBODY);
        assertThat(history.record(CHAT, message)).isEmpty();
        assertThat(history.record(topic("chat/vip/*"), message)).isPresent();
        assertThat(history.covering(topic("chat/vip/a"))).contains(topic("chat/vip/*"));
        assertThat(history.covering(topic("chat/**"))).isEmpty();
        assertThat(history.covering(topic("elsewhere"))).isEmpty();
    }

    @Test
    void expired_message_isNotReplayed() {
        Headers headers = Headers.of("expires", Long.toString(millis + 10));
        history.record(CHAT, new Message(A.destination(), headers, Body.utf8("1"), "", Audience.EVERYBODY, "ID:1"));
        assertThat(read(A, new Rewind.First())).containsExactly("1");
        millis += 10;
        assertThat(read(A, new Rewind.First())).isEmpty();
    }

    @Test
    void limit_ofAReplay_leavesOutTheOldestOrAllOfAResumption() {
        List<Position> positions = publish("chat/a", "1", "2", "3");
        Replay.Limit two = new Replay.Limit(2, 10_000);
        assertThat(bodies(history.replay(A, new Rewind.First(), wanted -> true, two)))
                .containsExactly("2", "3");
        Replay resumed = history.replay(A, new Rewind.After(before(positions.get(0))), wanted -> true, two);
        assertThat(resumed.recovered()).isFalse();
        assertThat(resumed.messages()).isEmpty();
        Replay.Limit octets = new Replay.Limit(100, 1_500);
        assertThat(bodies(history.replay(A, new Rewind.First(), wanted -> true, octets)))
                .containsExactly("2", "3");
    }

    @Test
    void unwanted_messages_doNotCount() {
        publish("chat/a", "1", "own", "2", "own");
        Replay replay =
                history.replay(A, new Rewind.Last(2), message -> !body(message).equals("own"), MUCH);
        assertThat(bodies(replay)).containsExactly("1", "2");
    }

    /** What the subscriber does not get must not hide what it misses. */
    @Test
    void after_moreThanFitsAndSomeUnwanted_isNotRecovered() {
        List<Position> positions = publish("chat/a", "0", "1", "2", "3", "4", "own", "own", "5", "own");
        Replay.Limit four = new Replay.Limit(4, 100_000);
        Replay replay = history.replay(
                A, new Rewind.After(positions.get(0)), message -> !body(message).equals("own"), four);
        assertThat(replay.recovered()).isFalse();
        Replay fits = history.replay(
                A, new Rewind.After(positions.get(1)), message -> !body(message).equals("own"), four);
        assertThat(fits.recovered()).isTrue();
        assertThat(bodies(fits)).containsExactly("2", "3", "4", "5");
        assertThat(bodies(history.replay(
                        A, new Rewind.Last(3), message -> !body(message).equals("own"), four)))
                .containsExactly("3", "4", "5");
    }

    @Test
    void user_messages_areKeptForEachUser() {
        Destination alerts = Destination.parse("/user/queue/alerts").orElseThrow();
        toUser("ann", alerts, "1");
        toUser("bob", alerts, "2");
        history.recordForUser(message(Audience.CARRIER, "3", Audience.ofSession("s", alerts)), alerts);
        assertThat(read(KeptDestination.of(alerts, "ann"), new Rewind.First())).containsExactly("1");
        assertThat(read(KeptDestination.of(alerts, "bob"), new Rewind.First())).containsExactly("2");
        Position before = history.now();
        history.interrupted(Audience.CARRIER);
        Position after = history.now();
        toUser("ann", alerts, "4");
        assertThat(replay(KeptDestination.of(alerts, "ann"), new Rewind.After(before))
                        .recovered())
                .isFalse();
        assertThat(replay(KeptDestination.of(alerts, "ann"), new Rewind.After(after))
                        .recovered())
                .isTrue();
    }

    @Test
    void memory_full_forgetsTheTopicThatWasQuietForLongest() {
        History small = history(1_000, 21_000);
        Position first = record(small, "chat/quiet", "1");
        Position second = record(small, "chat/quiet", "2");
        record(small, "chat/busy", "x".repeat(17_400));
        KeptDestination quiet = KeptDestination.of(topic("chat/quiet"), "ann");
        assertThat(small.replay(quiet, new Rewind.After(first), wanted -> true, MUCH)
                        .messages())
                .hasSize(1);
        record(small, "chat/busy", "3");
        assertThat(small.replay(quiet, new Rewind.After(first), wanted -> true, MUCH)
                        .recovered())
                .isTrue();
        record(small, "chat/busy", "4");
        assertThat(small.replay(quiet, new Rewind.After(before(first)), wanted -> true, MUCH)
                        .recovered())
                .isFalse();
        record(small, "chat/busy", "x".repeat(18_000));
        assertThat(small.replay(quiet, new Rewind.After(first), wanted -> true, MUCH)
                        .recovered())
                .isFalse();
        assertThat(small.replay(quiet, new Rewind.After(second), wanted -> true, MUCH)
                        .recovered())
                .isTrue();
        assertThat(metrics.counter(Meter.HISTORY_MESSAGES_FORGOTTEN).value()).isPositive();
    }

    @Test
    void memory_manyTopics_staysWithinItsLimit() {
        History small = history(1_000, 100_000);
        for (int i = 0; i < 10_000; i++) {
            record(small, "chat/" + i, "x".repeat(i % 500));
            assertThat(metrics.gauges().get(Meter.HISTORY_BYTES).getAsLong()).isLessThanOrEqualTo(100_000);
        }
    }

    @Test
    void memory_age_emptiesQuietTopics() {
        publish("chat/a", "1");
        long full = metrics.gauges().get(Meter.HISTORY_BYTES).getAsLong();
        millis += AGE.toMillis() + 1;
        history.forgetOld();
        assertThat(metrics.gauges().get(Meter.HISTORY_BYTES).getAsLong()).isLessThan(full);
    }

    @Test
    void readers_ofADestination_areRememberedAsLongAsItsMessages() {
        Readers readers = history.readers();
        Destination a = A.destination();
        assertThat(readers.includes("ann", a)).isFalse();
        readers.note("ann", a);
        assertThat(readers.includes("ann", a)).isTrue();
        assertThat(readers.includes("bob", a)).isFalse();
        assertThat(readers.includes("ann", topic("chat/b"))).isFalse();
        millis += AGE.toMillis() + 1;
        assertThat(readers.includes("ann", a)).isFalse();
        readers.note("ann", topic("long/a"));
        millis += Duration.ofMinutes(5).toMillis() + 1;
        assertThat(readers.includes("ann", topic("long/a"))).isFalse();
        readers.note("ann", topic("elsewhere"));
        assertThat(readers.includes("ann", topic("elsewhere"))).isFalse();
    }

    /** Headers are memory, too. */
    @Test
    void memory_messagesOfHeaders_areCounted() {
        History small = history(1_000, 100_000);
        Headers large = Headers.of("x", "y".repeat(10_000));
        for (int i = 0; i < 100; i++) {
            small.record(CHAT, new Message(A.destination(), large, Body.empty(), "", Audience.EVERYBODY, "ID:1"));
        }
        assertThat(small.replay(A, new Rewind.First(), wanted -> true, MUCH).messages())
                .hasSizeLessThan(6);
    }

    /** Three octets each: what fits in characters may not fit into the outbox. */
    @Test
    void limit_ofAReplay_isInOctets() {
        Headers wide = Headers.of("x", "\u4e16".repeat(1_000));
        for (int i = 0; i < 10; i++) {
            history.record(CHAT, new Message(A.destination(), wide, Body.empty(), "", Audience.EVERYBODY, "ID:1"));
        }
        Replay.Limit limit = new Replay.Limit(100, 16_000);
        assertThat(history.replay(A, new Rewind.First(), wanted -> true, limit).messages())
                .hasSize(4);
    }

    /** Whatever happens: who is told that nothing is missing has everything. */
    @Test
    void recovered_randomEvents_areAlwaysWhole() {
        Random random = new Random(18);
        for (int run = 0; run < 200; run++) {
            History some = history(1 + random.nextInt(20), 3_000 + random.nextInt(60_000));
            List<Heard> heard = new ArrayList<>();
            List<Position> cursors = new ArrayList<>(List.of(some.now()));
            int lost = 0;
            for (int step = 0; step < 150; step++) {
                String topic = "chat/" + random.nextInt(4);
                millis += random.nextInt(10_000);
                if (random.nextInt(40) == 0) {
                    // A message that this node never hears.
                    heard.add(new Heard(topic, "lost " + lost, some.now().number()));
                    lost++;
                    some.interrupted(CHAT);
                } else {
                    String body = run + "-" + step + "x".repeat(random.nextInt(2_000));
                    Position position = record(some, topic, body);
                    heard.add(new Heard(topic, body, position.number()));
                    cursors.add(position);
                }
                Position cursor = cursors.get(random.nextInt(cursors.size()));
                KeptDestination what = KeptDestination.of(topic(random.nextBoolean() ? "chat/*" : topic), "ann");
                Replay replay = some.replay(what, new Rewind.After(cursor), wanted -> true, MUCH);
                if (replay.recovered()) {
                    assertThat(bodies(replay))
                            .containsExactlyElementsOf(heard.stream()
                                    .filter(each -> what.destination().isPattern() || each.topic.equals(topic))
                                    .filter(each -> each.isBehind(cursor))
                                    .map(each -> each.body)
                                    .toList());
                }
            }
        }
    }

    private record Heard(String topic, String body, long number) {
        /** A lost one came behind the last that was heard. */
        boolean isBehind(Position cursor) {
            return body.startsWith("lost") ? number >= cursor.number() : number > cursor.number();
        }
    }

    private History history(int count, long maxBytes) {
        TopicRules<Keeping> rules = new TopicRules<>(List.of(
                new TopicRules.Rule<>(topic("chat/vip/*"), new Retention(count, AGE)),
                new TopicRules.Rule<>(CHAT, new Retention(count, AGE)),
                new TopicRules.Rule<>(topic("news"), new Retention(count, AGE)),
                new TopicRules.Rule<>(topic("long/*"), new Retention(count, AGE.multipliedBy(2))),
                new TopicRules.Rule<>(Destination.parse("/user/**").orElseThrow(), new Retention(count, AGE))));
        return new History(new HistorySettings(rules, maxBytes), () -> Instant.ofEpochMilli(millis), metrics);
    }

    private List<Position> publish(String topic, String... bodies) {
        List<Position> positions = new ArrayList<>();
        for (String body : bodies) {
            positions.add(record(history, topic, body));
        }
        return positions;
    }

    private static Position record(History history, String topic, String body) {
        Destination pattern = topic.startsWith("chat/") ? CHAT : topic(topic);
        return history.record(pattern, message(topic(topic), body, Audience.EVERYBODY))
                .flatMap(Broadcast::position)
                .orElseThrow();
    }

    private void toUser(String user, Destination shownAs, String body) {
        history.recordForUser(message(Audience.CARRIER, body, Audience.ofUser(user, shownAs)), shownAs);
    }

    private Replay replay(KeptDestination what, Rewind rewind) {
        return history.replay(what, rewind, wanted -> true, MUCH);
    }

    private List<String> read(KeptDestination what, Rewind rewind) {
        return bodies(replay(what, rewind));
    }

    private static List<String> bodies(Replay replay) {
        return replay.messages().stream()
                .map(broadcast -> body(broadcast.message()))
                .toList();
    }

    private static String body(Message message) {
        return message.body().text().orElseThrow();
    }

    private static Position before(Position position) {
        return new Position(position.node(), position.number() - 1, position.millis());
    }

    private static Destination topic(String name) {
        return Destination.topic(name);
    }

    private static Message message(Destination destination, String body, Audience audience) {
        return new Message(destination, Headers.none(), Body.utf8(body), "", audience, "ID:" + body.hashCode());
    }
}
