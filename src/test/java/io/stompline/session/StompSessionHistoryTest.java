package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Body;
import io.stompline.frame.Command;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import io.stompline.history.rules.HistorySettings;
import io.stompline.history.rules.Retention;
import io.stompline.routing.Audience;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.routing.TopicRules;
import io.stompline.security.Action;
import io.stompline.security.Refusal;
import io.stompline.session.opening.FirstMessage;
import io.stompline.session.port.ApplicationRefusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscribers that come late, or come back. */
class StompSessionHistoryTest {
    private static final Retention KEPT = new Retention(100, Duration.ofMinutes(5));
    private static final Destination ALERTS =
            Destination.parse("/user/queue/alerts").orElseThrow();

    private final TestNode node = TestNode.keeping(new HistorySettings(
            new TopicRules<>(List.of(
                    new TopicRules.Rule<>(Destination.topic("chat/**"), KEPT),
                    new TopicRules.Rule<>(Destination.parse("/user/**").orElseThrow(), KEPT))),
            1_000_000));
    private final TestClient ann = node.connected("ann");

    private final AtomicBoolean admitted = new AtomicBoolean(true);

    @BeforeEach
    void keep() {
        node.router.keep(Destination.topic("chat/**"));
    }

    @Test
    void history_latecomer_getsThePastThenTheLiveStream() {
        node.publish("/topic/chat/a", "1");
        node.publish("/topic/chat/a", "2");
        node.publish("/topic/chat/b", "other");
        ann.subscribe("s", "/topic/chat/a", "x-stream-offset", "first", "receipt", "r");
        node.publish("/topic/chat/a", "3");
        assertThat(ann.received()).containsExactly("receipt r", "s: 1", "s: 2", "s: 3");
        assertThat(ann.header("1", "x-replayed")).isEqualTo("true");
        assertThat(ann.headers("3")).doesNotContain("x-replayed");
        assertThat(ann.receipt("r").header("x-replayed")).contains("2");
        assertThat(ann.receipt("r").header("x-recovered")).isEmpty();
        assertThat(ann.receipt("r").header("x-stream-offset")).isPresent();
    }

    @Test
    void history_withoutTheHeader_isNotShown() {
        node.publish("/topic/chat/a", "1");
        ann.subscribe("s", "/topic/chat/a", "receipt", "r");
        ann.subscribe("n", "/topic/chat/a", "x-stream-offset", "next");
        node.publish("/topic/chat/a", "2");
        assertThat(ann.received()).containsExactly("receipt r", "s: 2", "n: 2");
        assertThat(ann.receipt("r").header("x-stream-offset")).isPresent();
        assertThat(ann.receipt("r").header("x-replayed")).isEmpty();
    }

    @Test
    void position_eachMessage_showsIt_andResumesBehindIt() {
        ann.subscribe("s", "/topic/chat/a");
        node.publish("/topic/chat/a", "1");
        String position = ann.header("1", "x-stream-offset");
        ann.send(Command.UNSUBSCRIBE, "id", "s");
        node.publish("/topic/chat/a", "2");
        TestClient again = node.connected("ann");
        again.subscribe("t", "/topic/chat/a", "x-stream-offset", "after=" + position, "receipt", "r");
        node.publish("/topic/chat/a", "3");
        assertThat(again.received()).containsExactly("receipt r", "t: 2", "t: 3");
        assertThat(again.receipt("r").header("x-recovered")).contains("true");
        assertThat(again.receipt("r").header("x-replayed")).contains("1");
    }

    /** The client was on another node meanwhile, up to the sixth second. */
    @Test
    void position_ofAClientThatChangedNodes_marksDoublesUntilAllHaveCome() {
        ann.subscribe("s", "/topic/chat/a", "receipt", "r");
        String position = ann.receipt("r").header("x-stream-offset").orElseThrow();
        long elsewhere = node.clock.millis() + 5_000;
        node.publish("/topic/chat/a", "1");
        TestClient again = node.connected("ann");
        again.subscribe("t", "/topic/chat/a", "x-stream-offset", "after=" + position + "_" + elsewhere, "receipt", "r");
        node.publish("/topic/chat/a", "2");
        assertThat(again.received()).containsExactly("receipt r", "t: 1 again", "t: 2 again");
        assertThat(again.header("1", "x-replayed")).isEqualTo("true");
        assertThat(again.header("1", "x-stream-offset")).endsWith("_" + elsewhere);
        assertThat(again.header("2", "x-stream-offset")).endsWith("_" + elsewhere);
        node.clock.pass(Duration.ofMillis(15_001));
        node.publish("/topic/chat/a", "3");
        assertThat(again.received()).endsWith("t: 3");
        assertThat(again.header("3", "x-stream-offset")).doesNotContain("_");
    }

    @Test
    void position_ofTheReceipt_resumesAQuietTopic() {
        ann.subscribe("s", "/topic/chat/a", "receipt", "r");
        String position = ann.receipt("r").header("x-stream-offset").orElseThrow();
        node.publish("/topic/chat/a", "1");
        TestClient again = node.connected("ann");
        again.subscribe("t", "/topic/chat/a", "x-stream-offset", "after=" + position, "receipt", "r");
        assertThat(again.received()).containsExactly("receipt r", "t: 1");
        assertThat(again.receipt("r").header("x-recovered")).contains("true");
    }

    @Test
    void resume_unknownPosition_isNotRecovered_andGoesOnLive() {
        node.publish("/topic/chat/a", "1");
        ann.subscribe("s", "/topic/chat/a", "x-stream-offset", "after=other.1.1", "receipt", "r");
        node.publish("/topic/chat/a", "2");
        assertThat(ann.received()).containsExactly("receipt r", "s: 2");
        assertThat(ann.receipt("r").header("x-recovered")).contains("false");
        assertThat(ann.receipt("r").header("x-replayed")).contains("0");
    }

    @Test
    void resume_topicWithoutHistory_isNotRecovered() {
        ann.subscribe("s", "/topic/news", "x-stream-offset", "after=other.1.1", "receipt", "r");
        node.publish("/topic/news", "1");
        assertThat(ann.received()).containsExactly("receipt r", "s: 1");
        assertThat(ann.receipt("r").header("x-recovered")).contains("false");
        assertThat(ann.receipt("r").header("x-stream-offset")).isEmpty();
        assertThat(ann.headers("1")).doesNotContain("x-stream-offset");
    }

    @Test
    void resume_afterTheMessageBrokerWasAway_isNotRecovered() {
        ann.subscribe("s", "/topic/chat/a");
        node.publish("/topic/chat/a", "1");
        String position = ann.header("1", "x-stream-offset");
        node.bus.goAway();
        node.bus.comeBack();
        node.publish("/topic/chat/a", "2");
        assertThat(ann.header("2", "x-dropped")).isEqualTo("unknown");
        node.publish("/topic/chat/a", "3");
        assertThat(ann.headers("3")).doesNotContain("x-dropped");
        ann.subscribe("t", "/topic/chat/a", "x-stream-offset", "after=" + position, "receipt", "r");
        assertThat(ann.receipt("r").header("x-recovered")).contains("false");
    }

    @Test
    void gap_afterTheMessageBrokerWasAway_isToldOfEveryTopic() {
        ann.subscribe("s", "/topic/news");
        ann.subscribe("u", "/user/queue/alerts", "ack", "client");
        node.publish("/topic/news", "1");
        assertThat(ann.headers("1")).doesNotContain("x-dropped");
        node.bus.goAway();
        node.bus.comeBack();
        node.publish("/topic/news", "2");
        assertThat(ann.header("2", "x-dropped")).isEqualTo("unknown");
        toUser("ann", "3");
        assertThat(ann.header("3", "x-dropped")).isEqualTo("unknown");
        toUser("ann", "4");
        assertThat(ann.headers("4")).doesNotContain("x-dropped").contains("ack");
    }

    @Test
    void pattern_withinARule_isReplayedInOrder() {
        node.publish("/topic/chat/a", "1");
        node.publish("/topic/chat/b", "2");
        ann.subscribe("s", "/topic/chat/*", "x-stream-offset", "last=2");
        node.publish("/topic/chat/a", "3");
        assertThat(ann.received()).containsExactly("s: 1", "s: 2", "s: 3");
    }

    @Test
    void pattern_acrossRules_isLiveOnly() {
        ann.subscribe("s", "/topic/**");
        ann.subscribe("t", "/topic/chat/a");
        node.publish("/topic/chat/a", "1");
        assertThat(ann.received()).containsExactlyInAnyOrder("s: 1", "t: 1");
        ann.subscribe("u", "/topic/**", "x-stream-offset", "first");
        assertThat(ann.received()).containsExactly("error: invalid header");
    }

    @ParameterizedTest
    @CsvSource({
        "/topic/news, first",
        "/topic/news, last=3",
        "/topic/chat/a, offset=7",
        "/topic/chat/a, after=7",
        "/queue/q, first",
        "/queue/q, after=a.1.1",
        "/app/a, first"
    })
    void offset_thatCannotBeMeant_isAnError(String destination, String offset) {
        node.application.answer("/app/a", request -> Optional.empty());
        ann.subscribe("s", destination, "x-stream-offset", offset);
        assertThat(ann.received()).containsExactly("error: invalid header");
    }

    @Test
    void offset_withADurableSubscription_isAnError() {
        TestClient cora = node.connected("cora", Version.V1_2, "client-id", "c");
        cora.subscribe("s", "/topic/chat/a", "x-stream-offset", "first", "durable", "true");
        assertThat(cora.received()).containsExactly("error: invalid header");
    }

    @Test
    void offset_withASelector_isAnError() {
        ann.subscribe("s", "/topic/chat/a", "x-stream-offset", "last", "selector", "a = 1");
        assertThat(ann.received()).containsExactly("error: invalid header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "last=20", "timestamp=0"})
    void rights_withoutHistory_thePastIsForbidden(String offset) {
        denyHistory();
        ann.subscribe("s", "/topic/chat/a", "x-stream-offset", offset);
        assertThat(ann.received()).containsExactly("error: destination not allowed");
    }

    @Test
    void rights_withoutHistory_resumingIsNotRecovered() {
        denyHistory();
        ann.subscribe("s", "/topic/chat/a");
        node.publish("/topic/chat/a", "1");
        node.publish("/topic/chat/a", "2");
        String position = ann.header("1", "x-stream-offset");
        ann.received();
        ann.subscribe("t", "/topic/chat/a", "x-stream-offset", "after=" + position, "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r");
        assertThat(ann.receipt("r").header("x-recovered")).contains("false");
    }

    @Test
    void noLocal_ownMessages_areNotReplayed() {
        ann.publish("/topic/chat/a", "own");
        node.publish("/topic/chat/a", "1");
        ann.subscribe("s", "/topic/chat/a", "x-stream-offset", "last=2", "no-local", "true", "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r", "s: 1");
        assertThat(ann.receipt("r").header("x-replayed")).contains("1");
    }

    @Test
    void resumedSession_ownMessagesOfTheFormerOne_areNotReplayed() {
        String[] own = {"x-stream-offset", "first", "no-local", "true"};
        ann.publish("/topic/chat/a", "own");
        node.publish("/topic/chat/a", "1");
        ann.send(Command.DISCONNECT);
        String former = ann.session.id();
        TestClient back = node.connected("ann");
        back.subscribe("s", "/topic/chat/a", with(own, "x-resumed-session", former));
        assertThat(back.received()).containsExactly("s: 1");
        TestClient other = node.connected("bob");
        other.subscribe("s", "/topic/chat/a", with(own, "x-resumed-session", former));
        assertThat(other.received()).containsExactly("s: own", "s: 1");
    }

    @Test
    void resumedSession_thatIsStillOpen_isKnown() {
        ann.subscribe("a", "/topic/chat/a");
        TestClient back = node.connected("ann");
        back.subscribe("s", "/topic/chat/a", "no-local", "true", "x-resumed-session", ann.session.id());
        ann.publish("/topic/chat/a", "late");
        back.publish("/topic/chat/a", "own");
        node.publish("/topic/chat/a", "1");
        assertThat(back.received()).containsExactly("s: 1");
    }

    private static String[] with(String[] headers, String... more) {
        return Stream.of(headers, more).flatMap(Stream::of).toArray(String[]::new);
    }

    @Test
    void header_forgedByASender_isNotPassedOn() {
        ann.subscribe("s", "/topic/news");
        ann.publish("/topic/news", "1", "x-stream-offset", "a.1.1", "x-replayed", "true", "x-dropped", "7");
        assertThat(ann.headers("1")).doesNotContain("x-stream-offset", "x-replayed", "x-dropped");
    }

    @Test
    void client_acknowledgements_workForThePast() {
        node.publish("/topic/chat/a", "1");
        ann.subscribe("s", "/topic/chat/a", "x-stream-offset", "first", "ack", "client-individual");
        ann.ack("1", "receipt", "r");
        assertThat(ann.received()).containsExactly("s: 1", "receipt r");
    }

    @Test
    void user_messages_areReplayedToTheUserAlone() {
        ann.subscribe("s", "/user/queue/alerts");
        toUser("ann", "1");
        toUser("bob", "2");
        String position = ann.header("1", "x-stream-offset");
        toUser("ann", "3");
        TestClient again = node.connected("ann");
        again.subscribe("t", "/user/queue/alerts", "x-stream-offset", "after=" + position, "receipt", "r");
        assertThat(again.received()).containsExactly("receipt r", "t: 3");
        TestClient bob = node.connected("bob");
        bob.subscribe("t", "/user/queue/alerts", "x-stream-offset", "first");
        assertThat(bob.received()).containsExactly("t: 2");
    }

    @Test
    void answer_ofABean_isLeftOutForWhoMissedNothing() {
        AtomicInteger asked = new AtomicInteger();
        node.application.answer("/topic/chat/a", request -> {
            asked.incrementAndGet();
            return Optional.of(snapshot("all"));
        });
        ann.subscribe("s", "/topic/chat/a");
        node.publish("/topic/chat/a", "1");
        String position = ann.header("1", "x-stream-offset");
        node.publish("/topic/chat/a", "2");
        TestClient again = node.connected("ann");
        again.subscribe("t", "/topic/chat/a", "x-stream-offset", "after=" + position);
        assertThat(again.received()).containsExactly("t: 2");
        assertThat(asked).hasValue(1);
        TestClient late = node.connected("ann");
        late.subscribe("t", "/topic/chat/a", "x-stream-offset", "after=other.1.1", "receipt", "r");
        assertThat(late.received()).containsExactly("receipt r", "t: all");
        assertThat(late.receipt("r").header("x-replayed")).contains("0");
    }

    @Test
    void answer_ofABeanThatRefuses_isAskedOfWhoWasNeverLetIn() {
        node.application.answer("/topic/chat/a", request -> {
            if (request.session().caller().name().equals("bob")) {
                throw new ApplicationRefusal("not for you");
            }
            return Optional.of(snapshot("all"));
        });
        ann.subscribe("s", "/topic/chat/a");
        node.publish("/topic/chat/a", "1");
        String position = ann.header("1", "x-stream-offset");
        TestClient bob = node.connected("bob");
        bob.subscribe("t", "/topic/chat/a", "x-stream-offset", "after=" + position);
        assertThat(bob.received()).containsExactly("error: refused by the application");
    }

    @Test
    void answer_positionOfTheReceipt_isBeforeTheBeanWasAsked() {
        node.application.answer("/topic/chat/a", request -> {
            node.publish("/topic/chat/a", "meanwhile");
            return Optional.of(snapshot("all"));
        });
        ann.subscribe("s", "/topic/chat/a", "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r", "s: all", "s: meanwhile");
        String position = ann.receipt("r").header("x-stream-offset").orElseThrow();
        TestClient again = node.connected("ann");
        again.subscribe("t", "/topic/chat/a", "x-stream-offset", "after=" + position);
        assertThat(again.received()).containsExactly("t: meanwhile");
    }

    @Test
    void replyTo_ofThePast_mayBeAnswered() {
        TestClient bob = node.connected("bob");
        bob.publish("/topic/chat/a", "question", "reply-to", "/temp-queue/x");
        ann.subscribe("s", "/topic/chat/a", "x-stream-offset", "first");
        ann.publish(ann.header("question", "reply-to"), "answer", "receipt", "r");
        assertThat(ann.received()).containsExactly("s: question", "receipt r");
        assertThat(bob.received()).containsExactly("/temp-queue/x: answer");
    }

    /** A client that is cut before it has what waited for the receipt must not lose it. */
    @Test
    void position_ofTheReceipt_isBeforeWhatFollowsIt() {
        node.application.answer("/topic/chat/a", request -> {
            node.publish("/topic/chat/a", "held");
            return Optional.empty();
        });
        ann.subscribe("s", "/topic/chat/a", "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r", "s: held");
        String position = ann.receipt("r").header("x-stream-offset").orElseThrow();
        TestClient again = node.connected("bob");
        node.application.answer("/topic/chat/a", request -> Optional.empty());
        again.subscribe("t", "/topic/chat/a", "x-stream-offset", "after=" + position);
        assertThat(again.received()).containsExactly("t: held");
    }

    /** With a history no message overtakes another, or who resumes behind it would lose the other. */
    @Test
    void latest_withAHistory_keepsTheOrder() {
        TestNode both = TestNode.keeping(
                new HistorySettings(
                        new TopicRules<>(List.of(new TopicRules.Rule<>(Destination.topic("chat/**"), KEPT))),
                        1_000_000),
                Rules.dropping("/topic/chat/** latest key=cell"));
        both.router.keep(Destination.topic("chat/**"));
        TestClient slow = both.connected("ann");
        slow.subscribe("s", "/topic/chat/a");
        slow.wire.hold();
        both.publish("/topic/chat/a", "first");
        both.publish("/topic/chat/a", "a1", "cell", "a");
        both.publish("/topic/chat/a", "b1", "cell", "b");
        both.publish("/topic/chat/a", "a2", "cell", "a");
        slow.wire.release();
        assertThat(slow.received()).containsExactly("s: first", "s: b1", "s: a2");
    }

    private void denyHistory() {
        node.control = (caller, action, destination) -> action == Action.READ_HISTORY
                ? Optional.of(new Refusal(Refusal.Reason.FORBIDDEN, "no history"))
                : Optional.empty();
    }

    private void toUser(String user, String body) {
        node.bus.publish(Message.to(Audience.CARRIER, Audience.ofUser(user, ALERTS), Headers.none(), Body.utf8(body)));
        node.deliveries.runAll();
    }

    static FirstMessage snapshot(String body) {
        Message message = Message.of(Destination.topic("chat/a"), Headers.none(), Body.utf8(body), "");
        return new FirstMessage(message, OptionalLong.empty());
    }

    /** Who was let in before is asked for the roles of the bean all the same. */
    @Test
    void resume_roleGone_isRefusedByTheBean() {
        node.application.answer("/topic/chat/a", request -> {
            if (!request.session().caller().groups().isEmpty() || admitted.get()) {
                return Optional.empty();
            }
            throw new ApplicationRefusal("not allowed");
        });
        ann.subscribe("s", "/topic/chat/a", "receipt", "r");
        String position = ann.receipt("r").header("x-stream-offset").orElseThrow();
        ann.send(Command.UNSUBSCRIBE, "id", "s");
        admitted.set(false);
        node.application.admitOnly((caller, subscribed) -> false);
        ann.subscribe("t", "/topic/chat/a", "x-stream-offset", "after=" + position, "receipt", "again");
        assertThat(ann.received()).last().asString().startsWith("error");
    }

    @Test
    void subscribe_patternWithABeanForOthers_isRefused() {
        node.application.admitOnly((caller, subscribed) -> !subscribed.isPattern());
        ann.subscribe("s", "/topic/chat/*", "receipt", "r");
        assertThat(ann.received()).last().asString().startsWith("error");
    }
}
