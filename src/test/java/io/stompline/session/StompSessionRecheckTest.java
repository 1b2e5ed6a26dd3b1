package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Command;
import io.stompline.routing.Destination;
import io.stompline.security.AccessControl;
import io.stompline.security.Action;
import io.stompline.security.AuthenticatedAccess;
import io.stompline.security.Caller;
import io.stompline.security.Refusal;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Subscriptions whose right ends while they are open. */
class StompSessionRecheckTest {
    private static final Duration RECHECK = Duration.ofSeconds(60);

    private final Set<String> lost = new HashSet<>();

    private TestNode node(TestNode node) {
        node.control = (caller, action, destination) -> lost.contains(destination.toString()) && action != Action.SEND
                ? Optional.of(new Refusal(Refusal.Reason.FORBIDDEN, "ann has left the room"))
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
        lost.add("/topic/b");
        pass(ann, RECHECK.minusSeconds(10));
        assertThat(ann.received()).isEmpty();
        pass(ann, Duration.ofSeconds(11));
        assertThat(ann.received()).containsExactly("error: destination not allowed");
        assertThat(ann.last().body().text().orElseThrow())
                .isEqualTo("the subscription to /topic/b ends: ann has left the room");
        assertThat(node.listener.events())
                .contains("refused ann: the subscription to /topic/b ends: ann has left the room");
        node.publish("/topic/a", "1");
        assertThat(ann.received()).isEmpty();
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
        assertThat(node.listener.events())
                .contains(
                        "unsubscribed /topic/b",
                        "refused ann: the subscription to /topic/b ends: ann has left the room");
        ann.send(Command.UNSUBSCRIBE, "id", "b", "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r");
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
