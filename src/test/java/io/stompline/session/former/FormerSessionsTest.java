package io.stompline.session.former;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.cluster.NodeChannel;
import io.stompline.routing.InMemoryBus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FormerSessionsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final InMemoryBus bus = new InMemoryBus(() -> Runnable::run);
    private final List<Node> nodes = new ArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(node -> node.channel.close());
    }

    @Test
    void session_thatEndedHere_isKnownOfItsUserAlone() {
        Node node = new Node("one");
        node.sessions.began("ann", "s1");
        assertThat(node.sessions.isOf("ann", "s1")).as("open here").isFalse();
        node.sessions.ended("ann", "s1");
        assertThat(node.sessions.isOf("ann", "s1")).isTrue();
        assertThat(node.sessions.isOf("bob", "s1")).isFalse();
        assertThat(node.sessions.isOf("ann", "s2")).isFalse();
    }

    /** Its node may die without a word. */
    @Test
    void session_thatBeginsOnAnotherNode_isKnownOfItsUserAlone() {
        Node one = new Node("one");
        Node other = new Node("other");
        awaitAcquaintance(one, other);
        one.sessions.began("ann", "s1");
        await().atMost(LIMIT).until(() -> other.sessions.isOf("ann", "s1"));
        assertThat(other.sessions.isOf("bob", "s1")).isFalse();
    }

    @Test
    void session_thatIsOpenWhenAnotherNodeStarts_isToldToIt() {
        Node one = new Node("one");
        one.open.add(new FormerSessions.Open("ann", "s1"));
        one.open.add(new FormerSessions.Open("bob", "s2"));
        Node other = new Node("other");
        await().atMost(LIMIT).until(() -> other.sessions.isOf("ann", "s1") && other.sessions.isOf("bob", "s2"));
    }

    @Test
    void session_thatEndsOnAnotherNode_isToldAgain() {
        Node one = new Node("one");
        Node other = new Node("other");
        awaitAcquaintance(one, other);
        one.sessions.ended("ann", "s1");
        await().atMost(LIMIT).until(() -> other.sessions.isOf("ann", "s1"));
    }

    /** Nobody heard of it when it began. */
    @Test
    void session_thatBeginsWhileTheMessageBrokerIsAway_isToldAfterwards() {
        Node one = new Node("one");
        Node other = new Node("other");
        awaitAcquaintance(one, other);
        bus.goAway();
        one.open.add(new FormerSessions.Open("ann", "s1"));
        one.sessions.began("ann", "s1");
        bus.comeBack();
        await().atMost(LIMIT).until(() -> other.sessions.isOf("ann", "s1"));
    }

    private static void awaitAcquaintance(Node one, Node other) {
        await().atMost(LIMIT)
                .until(() -> !one.channel.others().isEmpty()
                        && !other.channel.others().isEmpty());
    }

    private final class Node {
        private final NodeChannel channel = new NodeChannel();
        private final List<FormerSessions.Open> open = new CopyOnWriteArrayList<>();
        private final FormerSessions sessions = new FormerSessions();

        Node(String name) {
            sessions.connect(channel, open::stream);
            channel.join(bus, name);
            nodes.add(this);
        }
    }
}
