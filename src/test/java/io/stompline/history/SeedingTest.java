package io.stompline.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.LogLines;
import io.stompline.cluster.NodeChannel;
import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.history.lag.LagReport;
import io.stompline.history.rules.HistorySettings;
import io.stompline.history.rules.LastValue;
import io.stompline.history.rules.Retention;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.Audience;
import io.stompline.routing.Destination;
import io.stompline.routing.InMemoryBus;
import io.stompline.routing.LocalTopics;
import io.stompline.routing.Message;
import io.stompline.routing.TopicPattern;
import io.stompline.routing.TopicRules;
import io.stompline.routing.hub.Broadcast;
import io.stompline.routing.hub.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeedingTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Destination CHAT = Destination.topic("chat/*");
    private static final Destination PRICES = Destination.topic("prices");
    private static final Destination ALERTS =
            Destination.parse("/user/queue/alerts").orElseThrow();
    private static final Replay.Limit MUCH = new Replay.Limit(10_000, 10_000_000);

    private final AtomicLong millis = new AtomicLong(1_795_899_000_000L);
    private final InMemoryBus bus = new InMemoryBus(() -> Runnable::run);
    private final List<NodeChannel> open = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        open.forEach(NodeChannel::close);
    }

    @Test
    void seed_nodeThatStarts_hasWhatTheOtherOneKept() {
        Node old = new Node("old", 1_000_000);
        old.consume();
        pass(10_000);
        Position first = old.record("chat/a", "1");
        old.record("chat/a", "2");
        old.record("prices", "7");
        old.history.recordForUser(message("stompline/users", "hello", Audience.ofUser("ann", ALERTS)), ALERTS);
        pass(60_000);
        Node anew = started(old, 1_000_000);
        anew.awaitReady();
        assertThat(anew.read("chat/a", new Rewind.First())).containsExactly("1", "2");
        assertThat(anew.read("prices", new Rewind.First())).containsExactly("7");
        assertThat(anew.bodies(anew.replay(KeptDestination.of(ALERTS, "ann"), new Rewind.First())))
                .containsExactly("hello");
        assertThat(anew.metrics.counter(Meter.HISTORY_MESSAGES_SEEDED).value()).isEqualTo(4);
        Replay resumed = anew.replay(topic("chat/a"), new Rewind.After(first));
        assertThat(resumed.recovered()).isTrue();
        assertThat(anew.bodies(resumed)).containsExactly("1", "2");
        assertThat(anew.replay(topic("chat/quiet"), new Rewind.After(first)).recovered())
                .isTrue();
    }

    /** What it hears meanwhile is there once, behind the other; what it will hear is not there yet. */
    @Test
    void seed_messagesThatBothHear_areKeptOnceInOrder() {
        Node old = new Node("old", 1_000_000);
        old.consume();
        old.record("chat/a", "1");
        pass(60_000);
        Node anew = started(old, 1_000_000);
        old.record("chat/a", "2");
        anew.record("chat/a", "2");
        pass(5_001);
        old.record("chat/a", "3");
        anew.awaitReady();
        assertThat(anew.read("chat/a", new Rewind.First())).containsExactly("1", "2");
        anew.record("chat/a", "3");
        assertThat(anew.read("chat/a", new Rewind.First())).containsExactly("1", "2", "3");
    }

    /** A subscriber may have got it in the replay. */
    @Test
    void seed_messageThatComesLaterToTheNodeThatStarts_isMarked() {
        Node old = new Node("old", 1_000_000);
        old.consume();
        pass(60_000);
        Node anew = started(old, 1_000_000);
        Message slow = message("chat/a", "slow", Audience.EVERYBODY);
        old.history.record(CHAT, slow);
        anew.awaitReady();
        assertThat(anew.read("chat/a", new Rewind.First())).containsExactly("slow");
        Broadcast late = anew.history.record(CHAT, slow).orElseThrow();
        assertThat(late.message().headers().first("redelivered")).contains("true");
        assertThat(anew.read("chat/a", new Rewind.First())).containsExactly("slow");
    }

    @Test
    void seed_largerThanAPart_comesWhole() {
        Node old = new Node("old", 10_000_000);
        old.consume();
        for (int i = 0; i < 20; i++) {
            old.record("chat/a", i + "x".repeat(30_000));
        }
        pass(60_000);
        Node anew = started(old, 10_000_000);
        anew.awaitReady();
        assertThat(anew.read("chat/a", new Rewind.First())).hasSize(20);
    }

    @Test
    void seed_lessMemoryThanTheOtherOne_takesWhatCameLast() {
        Node old = new Node("old", 1_000_000);
        old.consume();
        Position before = old.record("chat/old", "x".repeat(30_000));
        old.record("chat/new", "y".repeat(30_000));
        old.record("prices", "7");
        pass(60_000);
        Node anew = started(old, 40_000);
        anew.awaitReady();
        assertThat(anew.read("chat/old", new Rewind.First())).isEmpty();
        assertThat(anew.read("chat/new", new Rewind.First())).hasSize(1);
        assertThat(anew.read("prices", new Rewind.First())).hasSize(1);
        assertThat(anew.replay(topic("chat/old"), new Rewind.After(before)).recovered())
                .isFalse();
    }

    /** It would be shown to those who know messages of this node by the same ids. */
    @Test
    void seed_localTopic_staysAtItsNode() {
        Node old = new Node("old", 1_000_000);
        old.consume();
        old.record("chat/local", "1");
        old.record("chat/a", "2");
        pass(60_000);
        Node anew = started(old, 1_000_000);
        anew.awaitReady();
        assertThat(anew.read("chat/local", new Rewind.First())).isEmpty();
        assertThat(anew.read("chat/a", new Rewind.First())).containsExactly("2");
    }

    @Test
    void seed_publisherWhoseClockIsAhead_isTakenOver() {
        Node old = new Node("old", 1_000_000);
        old.consume();
        pass(60_000);
        pass(3_600_000);
        Message ofTheFuture = message("prices", "7", Audience.EVERYBODY);
        pass(-3_600_000);
        old.history.record(PRICES, ofTheFuture);
        pass(1_000);
        Node anew = started(old, 1_000_000);
        anew.awaitReady();
        assertThat(anew.read("prices", new Rewind.First())).containsExactly("7");
    }

    @Test
    void seed_messagesWithoutAnId_areNotTheSame() {
        Node old = new Node("old", 1_000_000);
        old.consume();
        old.history.record(CHAT, withoutId(message("chat/a", "1", Audience.EVERYBODY)));
        pass(60_000);
        Node anew = started(old, 1_000_000);
        old.history.record(CHAT, withoutId(message("chat/a", "2", Audience.EVERYBODY)));
        anew.history.record(CHAT, withoutId(message("chat/a", "3", Audience.EVERYBODY)));
        anew.awaitReady();
        anew.history.record(CHAT, withoutId(message("chat/a", "4", Audience.EVERYBODY)));
        assertThat(anew.read("chat/a", new Rewind.First())).containsExactly("1", "2", "3", "4");
    }

    @Test
    void seed_nobodyElse_beginsWithNothingAfter2Seconds() {
        Node alone = new Node("alone", 1_000_000);
        alone.consume();
        await().atMost(LIMIT).until(alone.channel::isConnected);
        alone.step();
        assertThat(alone.seeding.isReady()).isFalse();
        pass(2_001);
        alone.step();
        assertThat(alone.seeding.isReady()).isTrue();
    }

    /** The message broker came after the node: its topics are consumed each second, the nodes heard each 5 s. */
    @Test
    void seed_nodeThatDoesNotHearOthersYet_waits12SecondsForThem() {
        bus.goAway();
        Node anew = new Node("anew", 1_000_000);
        anew.consume();
        for (int pass : new int[] {2_001, 8_000, 1, 2_000}) {
            anew.step();
            pass(pass);
            assertThat(anew.seeding.isReady()).isFalse();
        }
        pass(1);
        anew.step();
        assertThat(anew.seeding.isReady()).isTrue();
    }

    @Test
    void seed_clockThatIsSetBack_doesNotDelayTheBegin() {
        Node alone = new Node("alone", 1_000_000);
        alone.consume();
        await().atMost(LIMIT).until(alone.channel::isConnected);
        alone.step();
        pass(-3_600_000);
        alone.step();
        assertThat(alone.seeding.isReady()).isTrue();
    }

    @Test
    void seed_noAnswer_beginsWithNothingAfter10Seconds() {
        Node old = new Node("old", 1_000_000);
        pass(60_000);
        Node anew = started(old, 1_000_000);
        old.answers = false;
        try (LogLines log = new LogLines(Seeding.class)) {
            pass(6_001);
            anew.step();
            pass(10_000);
            anew.step();
            assertThat(anew.seeding.isReady()).isFalse();
            pass(1);
            anew.step();
            assertThat(anew.seeding.isReady()).isTrue();
            assertThat(log.all()).singleElement().asString().contains("not handed over all: nothing came for 10 s");
        }
    }

    @Test
    void seed_noAnswerOfTheOldestNode_asksAnother() {
        Node second = new Node("second", 1_000_000);
        second.consume();
        second.record("prices", "7");
        pass(60_000);
        Node anew = started(second, 1_000_000);
        LagReport ofTheOldest = new LagReport("oldest", 1, 0, millis.get(), 0);
        anew.history.lags().hear(ofTheOldest, "second");
        pass(6_001);
        anew.step();
        pass(10_001);
        anew.awaitReady();
        assertThat(anew.read("prices", new Rewind.First())).containsExactly("7");
    }

    @Test
    void seed_noRule_isReadyAtOnce() {
        assertThat(new Seeding(
                                new History(HistorySettings.NONE, this::now, new Metrics()),
                                HistorySettings.NONE,
                                new NodeChannel(),
                                this::now)
                        .isReady())
                .isTrue();
    }

    private Instant now() {
        return Instant.ofEpochMilli(millis.get());
    }

    private void pass(long some) {
        millis.addAndGet(some);
    }

    /** A node that knows the other one. */
    private Node started(Node old, long maxBytes) {
        Node anew = new Node("anew", maxBytes);
        anew.consume();
        await().atMost(LIMIT).until(anew.channel::isConnected);
        anew.step();
        await().atMost(LIMIT).until(() -> old.channel.others().contains("anew"));
        pass(1);
        old.history.beat(old.channel);
        await().atMost(LIMIT)
                .until(() -> anew.history
                        .lags()
                        .oldest(anew.channel.others(), Set.of())
                        .equals(Optional.of(old.history.node())));
        return anew;
    }

    private static KeptDestination topic(String name) {
        return KeptDestination.of(Destination.topic(name), "ann");
    }

    private Message message(String topic, String body, Audience audience) {
        return new Message(
                Destination.topic(topic),
                Headers.of("timestamp", Long.toString(millis.get())),
                Body.utf8(body),
                "",
                audience,
                "ID:" + body.hashCode());
    }

    private static Message withoutId(Message message) {
        return new Message(
                message.destination(), message.headers(), message.body(), message.origin(), message.audience(), "");
    }

    private final class Node {
        private final Metrics metrics = new Metrics();
        private final NodeChannel channel = new NodeChannel();
        private final History history;
        private final Seeding seeding;
        private volatile boolean answers = true;

        Node(String name, long maxBytes) {
            HistorySettings settings = new HistorySettings(
                    new TopicRules<>(List.of(
                            new TopicRules.Rule<>(CHAT, new Retention(100, Duration.ofHours(1))),
                            new TopicRules.Rule<>(PRICES, new LastValue(Optional.empty(), Optional.empty())),
                            new TopicRules.Rule<>(
                                    Destination.parse("/user/**").orElseThrow(),
                                    new Retention(100, Duration.ofHours(1))))),
                    maxBytes,
                    Duration.ofSeconds(10),
                    new LocalTopics(List.of(new TopicPattern(Destination.topic("chat/local")))));
            history = new History(settings, SeedingTest.this::now, metrics);
            seeding = new Seeding(history, settings, channel, SeedingTest.this::now);
            history.connect(channel);
            seeding.connect(() -> task -> {
                if (answers) {
                    task.run();
                }
            });
            channel.join(bus, name);
            open.add(channel);
        }

        void consume() {
            List.of(CHAT, PRICES, Audience.CARRIER).forEach(history::consumed);
        }

        void step() {
            seeding.step(true, Runnable::run);
        }

        /** Half of the overlap after it began. */
        void awaitReady() {
            pass(6_001);
            step();
            await().atMost(LIMIT).until(seeding::isReady);
        }

        Position record(String topic, String body) {
            Destination pattern = topic.startsWith("chat/") ? CHAT : PRICES;
            return history.record(pattern, message(topic, body, Audience.EVERYBODY))
                    .flatMap(Broadcast::position)
                    .orElseThrow();
        }

        Replay replay(KeptDestination what, Rewind rewind) {
            return history.replay(what, rewind, wanted -> true, MUCH);
        }

        List<String> read(String topic, Rewind rewind) {
            return bodies(replay(topic(topic), rewind));
        }

        List<String> bodies(Replay replay) {
            return replay.messages().stream()
                    .map(broadcast -> broadcast.message().body().text().orElseThrow())
                    .toList();
        }
    }
}
