package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Command;
import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.security.AccessControl;
import io.stompline.security.Action;
import io.stompline.security.AuthenticatedAccess;
import io.stompline.security.Caller;
import io.stompline.security.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscriptions whose right ends while they are open. */
class StompSessionRecheckTest {
    private static final Duration RECHECK = Duration.ofSeconds(60);

    private static final List<String> TOPICS = List.of("/topic/a", "/topic/b", "/topic/c");

    private final Set<String> lost = new HashSet<>();

    private TestNode node(TestNode node) {
        node.control = (caller, action, destination) -> lost.contains(destination.toString()) && action != Action.SEND
                ? Optional.of(
                        new Refusal(Refusal.Reason.FORBIDDEN, "ann has left the room", Optional.of("for the log")))
                : Optional.empty();
        return node;
    }

    private static void pass(TestClient client, Duration time) {
        client.session.heard();
        client.pass(time);
    }

    @Test
    void recheck_rightLost_endsTheConnection() {
        TestNode node = node(new TestNode());
        TestClient ann = node.connected("ann");
        ann.subscribe("a", "/topic/a");
        ann.subscribe("b", "/topic/b");
        pass(ann, RECHECK);
        lost.add("/topic/b");
        pass(ann, RECHECK.minusSeconds(10));
        assertThat(ann.received()).isEmpty();
        pass(ann, Duration.ofSeconds(11));
        assertThat(ann.received()).containsExactly("error: destination not allowed");
        assertThat(ann.last().body().text().orElseThrow())
                .isEqualTo("the subscription to /topic/b ends: ann has left the room");
        assertThat(node.listener.events())
                .contains("refused ann: the subscription to /topic/b ends: ann has left the room; for the log");
        node.publish("/topic/a", "1");
        assertThat(ann.received()).isEmpty();
    }

    /** Nobody may go on reading because other connections of the user are busy. */
    @Test
    void recheck_whileAllCallsOfTheUserRun_isMadeAllTheSame() {
        TestNode node = node(new TestNode());
        TestClient ann = node.connected("ann");
        ann.subscribe("a", "/topic/a");
        node.whileAllCallsRun("ann", () -> {
            lost.add("/topic/a");
            pass(ann, RECHECK);
            assertThat(ann.received()).containsExactly("error: destination not allowed");
        });
    }

    @Test
    void recheck_rightLostAndDeniedByMessage_endsThatSubscription() {
        TestNode node = node(new TestNode(Rules.denyingByMessage()));
        TestClient ann = node.connected("ann");
        ann.subscribe("a", "/topic/a");
        ann.subscribe("b", "/topic/b");
        lost.add("/topic/b");
        pass(ann, RECHECK);
        node.publish("/topic/a", "1");
        node.publish("/topic/b", "2");
        assertThat(ann.received()).containsExactly("a: 1");
        assertThat(node.application.handled()).containsExactly("denied /topic/b");
        assertThat(node.application.details())
                .containsExactly("the subscription to /topic/b ends: ann has left the room");
        assertThat(node.listener.events())
                .contains(
                        "unsubscribed /topic/b",
                        "refused ann: the subscription to /topic/b ends: ann has left the room; for the log");
        ann.send(Command.UNSUBSCRIBE, "id", "b", "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void recheck_rightLostDuringAnOutageAndDeniedByMessage_endsThatSubscriptionAlone(boolean listens) {
        TestNode node = node(new TestNode(Rules.denyingByMessage()));
        TestClient ann = node.connected("ann");
        if (listens) {
            ann.subscribe("errors", "/user/queue/errors");
        }
        ann.subscribe("a", "/topic/a");
        ann.subscribe("b", "/topic/b/not-taken");
        lost.add("/topic/b/not-taken");
        node.bus.goAway();
        pass(ann, RECHECK);
        assertThat(ann.received())
                .isEqualTo(
                        listens
                                ? List.of(
                                        "errors: not allowed, /topic/b/not-taken: the subscription to /topic/b/not-taken"
                                                + " ends: ann has left the room")
                                : List.of());
        node.bus.comeBack();
        node.publish("/topic/a", "1");
        node.publish("/topic/b/not-taken", "2");
        assertThat(ann.received()).containsExactly("a: 1");
        assertThat(node.listener.events()).contains("unsubscribed /topic/b/not-taken");
        ann.send(Command.UNSUBSCRIBE, "id", "b", "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/topic/a", "/topic/b", "/topic/c"})
    void recheck_brokerFailsAtOneOfThem_tellsOfEachThatEndedOnce(String failing) {
        TestNode node = node(new TestNode(Rules.denyingByMessage()));
        TestClient ann = node.connected("ann");
        for (String topic : TOPICS) {
            ann.subscribe(topic, topic);
        }
        lost.addAll(TOPICS);
        node.bus.failClose(failing, new BusException(BusException.Reason.FAILED, "as intended"));
        pass(ann, RECHECK);
        assertThat(ann.received()).containsExactly("error: message broker failed");
        assertThat(node.listener.events().stream().filter(event -> event.startsWith("unsubscribed")))
                .containsExactlyInAnyOrder("unsubscribed /topic/a", "unsubscribed /topic/b", "unsubscribed /topic/c");
    }

    @Test
    void end_brokerFailsAtOneOfThem_closesAndTellsOfTheOthers() {
        TestNode node = node(new TestNode());
        TestClient ann = node.connected("ann");
        for (String topic : TOPICS) {
            ann.subscribe(topic, topic);
        }
        node.bus.failClose("/topic/b", new BusException(BusException.Reason.FAILED, "as intended"));
        ann.send(Command.DISCONNECT);
        assertThat(node.listener.events().stream().filter(event -> event.startsWith("unsubscribed")))
                .containsExactlyInAnyOrder("unsubscribed /topic/a", "unsubscribed /topic/b", "unsubscribed /topic/c");
        assertThat(node.bus.log()).contains("close /topic/a", "close /topic/c");
    }

    @Test
    void recheck_clientOverItsRate_isNotDelayed() {
        TestNode node = node(new TestNode(Rules.withFramesPerSecond(2)));
        TestClient ann = node.connected("ann");
        ann.subscribe("a", "/topic/a");
        pass(ann, RECHECK);
        for (int i = 0; i < 1_000; i++) {
            ann.publish("/topic/flood", "1");
        }
        lost.add("/topic/a");
        pass(ann, RECHECK);
        assertThat(ann.received()).containsExactly("error: destination not allowed");
    }

    @Test
    void recheck_framesOfOneMessage_areCarriedOutAfterIt() {
        TestNode node = node(new TestNode());
        TestClient ann = node.connected("ann");
        ann.subscribe("a", "/topic/a");
        pass(ann, RECHECK);
        node.application.answer("/app/slow", request -> {
            lost.add("/topic/a");
            pass(ann, RECHECK);
            return Optional.empty();
        });
        ann.raw("SUBSCRIBE\nid:s\ndestination:/app/slow\n\n\0SEND\ndestination:/topic/b\n\nlate\0");
        assertThat(ann.received()).containsExactly("error: destination not allowed");
        assertThat(node.bus.log()).doesNotContain("publish late");
    }

    @Test
    void recheck_cannotBegin_endsTheConnection() {
        TestNode node = node(new TestNode());
        TestClient ann = node.connected("ann");
        ann.subscribe("a", "/topic/a");
        pass(ann, RECHECK);
        List<String> before = new ArrayList<>();
        node.application.answer("/app/slow", request -> {
            pass(ann, RECHECK);
            pass(ann, RECHECK.minusMillis(1));
            before.addAll(ann.received());
            pass(ann, Duration.ofMillis(1));
            return Optional.empty();
        });
        ann.subscribe("s", "/app/slow");
        assertThat(before).isEmpty();
        assertThat(ann.received()).containsExactly("error: server overloaded");
        assertThat(ann.last().body().text().orElseThrow()).contains("stompline.access.recheck");
        node.publish("/topic/a", "1");
        assertThat(ann.received()).isEmpty();
    }

    @Test
    void recheck_connectionsOpenedTogether_areCheckedOneAfterTheOther() {
        TestNode node = node(new TestNode());
        List<TestClient> all = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            all.add(node.connected("user" + i));
            all.get(i).subscribe("a", "/topic/a");
        }
        int[] asked = {0};
        node.control = (caller, action, destination) -> {
            asked[0]++;
            return Optional.empty();
        };
        for (int second = 0; second < RECHECK.toSeconds(); second++) {
            int before = asked[0];
            node.clock.pass(Duration.ofSeconds(1));
            all.forEach(client -> pass(client, Duration.ZERO));
            assertThat(asked[0] - before).as("in second " + second).isLessThanOrEqualTo(6);
        }
        assertThat(asked[0]).as("in one interval").isEqualTo(all.size());
    }

    @Test
    void recheck_quotaUsedUp_endsNothing() {
        TestNode node = node(new TestNode());
        TestClient ann = node.connected("ann");
        ann.subscribe("s", "/topic/a");
        pass(ann, Duration.ofMinutes(3));
        for (int i = 0; i < TestNode.MAX_TOPICS; i++) {
            ann.publish("/topic/t" + i, "1");
        }
        pass(ann, RECHECK);
        assertThat(ann.received()).isEmpty();
    }

    @Test
    void recheck_accessControlFails_endsTheConnection() {
        TestNode node = new TestNode();
        TestClient ann = node.connected("ann");
        ann.subscribe("a", "/topic/a");
        node.control = (caller, action, destination) -> {
            throw new NoClassDefFoundError("as intended");
        };
        pass(ann, RECHECK);
        assertThat(ann.received()).containsExactly("error: internal error");
    }

    @Test
    void recheck_nothingLost_changesNothing() {
        TestNode node = node(new TestNode());
        TestClient ann = node.connected("ann");
        ann.subscribe("a", "/topic/a");
        pass(ann, RECHECK);
        pass(ann, RECHECK);
        node.publish("/topic/a", "1");
        assertThat(ann.received()).containsExactly("a: 1");
    }

    @Test
    void recheck_accessControlThatNeverChanges_isNotAsked() {
        TestNode node = new TestNode();
        AccessControl everything = new AuthenticatedAccess();
        int[] asked = {0};
        node.control = new AccessControl() {
            @Override
            public Optional<Refusal> decide(Caller caller, Action action, Destination destination) {
                asked[0]++;
                return everything.decide(caller, action, destination);
            }

            @Override
            public boolean changesItsMind() {
                return everything.changesItsMind();
            }
        };
        TestClient ann = node.connected("ann");
        ann.subscribe("a", "/topic/a");
        pass(ann, RECHECK);
        assertThat(asked[0]).isEqualTo(1);
    }
}
