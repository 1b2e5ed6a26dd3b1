package io.stompline.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.history.lag.LagReport;
import io.stompline.history.rules.HistorySettings;
import io.stompline.history.rules.LastValue;
import io.stompline.history.rules.Retention;
import io.stompline.metrics.Metrics;
import io.stompline.routing.Audience;
import io.stompline.routing.Destination;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Positions of another node; what nodes do that hear in different orders is in {@link NodesModelTest}. */
class OtherNodeTest {
    private static final Destination CHAT = Destination.topic("chat/**");
    private static final Destination PRICES = Destination.topic("prices");
    private static final Destination ALERTS =
            Destination.parse("/user/queue/alerts").orElseThrow();
    private static final KeptDestination A = KeptDestination.of(Destination.topic("chat/a"), "ann");

    private long millis = 1_795_899_000_000L;
    private final History here = history();
    private final History there = history();

    /** Both are there for a minute. */
    @BeforeEach
    void start() {
        for (History node : List.of(here, there)) {
            List.of(CHAT, PRICES, Audience.CARRIER).forEach(node::consumed);
        }
        pass(60_000);
    }

    @Test
    void after_positionOfAnotherNode_replaysFromTheOverlapOnAndMarksWhatMayBeADouble() {
        publish("chat/a", "long ago");
        pass(1);
        publish("chat/a", "seen");
        pass(9_999);
        Position position = there.now();
        pass(5_000);
        publish("chat/a", "in doubt");
        pass(1);
        publish("chat/a", "missed");
        Replay replay = replay(A, position);
        assertThat(replay.recovered()).isTrue();
        assertThat(bodies(replay)).containsExactly("seen", "in doubt", "missed");
        assertThat(replay.messages().stream()
                        .map(each -> replay.doubles().marks(each).has("redelivered")))
                .containsExactly(true, true, false);
        assertThat(replay.told().elsewhereMillis()).isEqualTo(position.millis() + 5_000);
    }

    @Test
    void after_positionOfAnotherNode_isGoodForPatternsAndUsers() {
        Position position = there.now();
        pass(1_000);
        publish("chat/a", "1");
        publish("chat/b", "2");
        here.recordForUser(message("stompline/users", "3", Audience.ofUser("ann", ALERTS)), ALERTS);
        assertThat(bodies(replay(KeptDestination.of(Destination.topic("chat/*"), "ann"), position)))
                .containsExactly("1", "2");
        assertThat(bodies(replay(KeptDestination.of(ALERTS, "ann"), position))).containsExactly("3");
        assertThat(replay(KeptDestination.of(ALERTS, "bob"), position).recovered())
                .isTrue();
    }

    @Test
    void after_positionFromBeforeTheNodeHeardTheTopic_isNotRecovered() {
        Position position = there.now();
        here.interrupted(CHAT);
        assertThat(replay(A, position).recovered()).isFalse();
        pass(9_999);
        assertThat(replay(A, there.now()).recovered()).isFalse();
        pass(1);
        assertThat(replay(A, there.now()).recovered()).isTrue();
        assertThat(new History(settings(), this::now, new Metrics())
                        .replay(A, new Rewind.After(there.now()), wanted -> true, limit(100))
                        .recovered())
                .as("does not consume yet")
                .isFalse();
    }

    @Test
    void after_positionBeforeWhatIsKept_isNotRecovered() {
        publish("chat/a", "forgotten");
        pass(5_000);
        Position position = there.now();
        for (int i = 0; i < 100; i++) {
            publish("chat/a", "" + i);
        }
        assertThat(replay(A, position).recovered()).as("within the overlap").isFalse();
        pass(4_999);
        assertThat(replay(A, there.now()).recovered()).isFalse();
        pass(1);
        assertThat(replay(A, there.now()).messages()).hasSize(100);
    }

    @Test
    void after_moreThanFits_isNotRecovered() {
        Position position = there.now();
        publish("chat/a", "1");
        publish("chat/a", "2");
        tell();
        assertThat(here.replay(A, new Rewind.After(position), wanted -> true, limit(1))
                        .recovered())
                .isFalse();
    }

    @Test
    void after_nodeThatHasNotToldLately_isNotRecovered() {
        tell();
        pass(5_001);
        Replay replay = here.replay(A, new Rewind.After(there.now()), wanted -> true, limit(100));
        assertThat(replay.recovered()).isFalse();
        assertThat(replay(A, there.now()).recovered()).isTrue();
    }

    @Test
    void after_seedOfANodeThatHeardLate_isNotRecoveredFromBeforeThat() {
        Position before = here.now();
        pass(1_000);
        there.lags().came(millis - 5_001);
        pass(1);
        Position behind = here.now();
        pass(60_000);
        History anew = history();
        List.of(CHAT, PRICES, Audience.CARRIER).forEach(anew::consumed);
        pass(6_001);
        anew.lags().hear(here.lags().tell(), "here");
        anew.takeOver(there.seed(1_000_000), millis);
        assertThat(anew.replay(A, new Rewind.After(before), wanted -> true, limit(100))
                        .recovered())
                .isFalse();
        assertThat(anew.replay(A, new Rewind.After(behind), wanted -> true, limit(100))
                        .recovered())
                .isTrue();
    }

    /** Any client may delay a message. */
    @Test
    void after_messageThatWasDelayed_isNoLateOne() {
        Message delayed = message("chat/a", "delayed", Audience.EVERYBODY);
        pass(60_000);
        Position position = there.now();
        pass(6_000);
        Message due = withHeader(delayed, "x-delivery-time", Long.toString(millis - 20));
        for (History node : List.of(here, there)) {
            assertThat(node.record(CHAT, due)).isPresent();
        }
        pass(1_000);
        Replay replay = replay(A, position);
        assertThat(replay.recovered()).isTrue();
        assertThat(bodies(replay)).containsExactly("delayed");
        assertThat(replay.doubles().marks(replay.messages().get(0)).has("redelivered"))
                .as("nobody had it before it was due")
                .isFalse();
    }

    private static Message withHeader(Message message, String name, String value) {
        Headers headers =
                new Headers.Builder().addAll(message.headers()).add(name, value).build();
        return new Message(
                message.destination(), headers, message.body(), message.origin(), message.audience(), message.id());
    }

    @Test
    void after_localTopic_isNotRecovered() {
        KeptDestination local = KeptDestination.of(Destination.topic("chat/local"), "ann");
        KeptDestination some = KeptDestination.of(Destination.topic("chat/*"), "ann");
        assertThat(replay(some, there.now()).recovered()).isTrue();
        History withLocal = history(new LocalTopics(List.of(new TopicPattern(local.destination()))));
        withLocal.consumed(CHAT);
        pass(60_000);
        withLocal.lags().hear(there.lags().tell(), "there");
        Rewind after = new Rewind.After(there.now());
        for (KeptDestination what : List.of(local, some)) {
            assertThat(withLocal.replay(what, after, wanted -> true, limit(100)).recovered())
                    .isFalse();
        }
        assertThat(withLocal.replay(A, after, wanted -> true, limit(100)).recovered())
                .isTrue();
    }

    /** A client may say what it likes. */
    @Test
    void after_positionOfTheFuture_marksNoMoreThanTheOverlap() {
        Position made = new Position(here.now().node(), here.now().number(), 1, 999_999_999_999_999L);
        Replay replay = replay(A, made);
        assertThat(replay.recovered()).isTrue();
        assertThat(replay.doubles().sentUpTo()).isEqualTo(millis + 10_000);
    }

    @Test
    void lastValues_positionOfAnotherNode_showsAll() {
        publish("prices", "7");
        pass(60_000);
        Replay replay = replay(KeptDestination.of(PRICES, "ann"), there.now());
        assertThat(replay.recovered()).isFalse();
        assertThat(bodies(replay)).containsExactly("7");
    }

    private History history() {
        return new History(settings(), this::now, new Metrics());
    }

    private History history(LocalTopics local) {
        HistorySettings usual = settings();
        return new History(
                new HistorySettings(usual.rules(), usual.maxBytes(), usual.overlap(), local), this::now, new Metrics());
    }

    private static HistorySettings settings() {
        Retention retention = new Retention(100, Duration.ofHours(1));
        return new HistorySettings(
                new TopicRules<>(List.of(
                        new TopicRules.Rule<>(CHAT, retention),
                        new TopicRules.Rule<>(PRICES, new LastValue(Optional.empty(), Optional.empty())),
                        new TopicRules.Rule<>(Destination.parse("/user/**").orElseThrow(), retention))),
                10_000_000);
    }

    private Instant now() {
        return Instant.ofEpochMilli(millis);
    }

    private void pass(long some) {
        millis += some;
    }

    private static Replay.Limit limit(int messages) {
        return new Replay.Limit(messages, 1_000_000);
    }

    private void tell() {
        LagReport report = there.lags().tell();
        there.lags().hearOwn(report);
        here.lags().hear(report, "there");
    }

    private Replay replay(KeptDestination what, Position position) {
        tell();
        return here.replay(what, new Rewind.After(position), wanted -> true, limit(1_000));
    }

    private void publish(String topic, String body) {
        Destination pattern = topic.startsWith("chat/") ? CHAT : PRICES;
        Broadcast unused =
                here.record(pattern, message(topic, body, Audience.EVERYBODY)).orElseThrow();
    }

    private Message message(String topic, String body, Audience audience) {
        return new Message(
                Destination.topic(topic),
                Headers.of("timestamp", Long.toString(millis)),
                Body.utf8(body),
                "",
                audience,
                "ID:" + body);
    }

    private static List<String> bodies(Replay replay) {
        return replay.messages().stream()
                .map(broadcast -> broadcast.message().body().text().orElseThrow())
                .toList();
    }
}
