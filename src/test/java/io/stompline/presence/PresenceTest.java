package io.stompline.presence;

import static io.stompline.presence.NodesInMemory.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.routing.Destination;
import io.stompline.routing.hub.Router;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresenceTest {
    private static final Duration SOON = Duration.ofMillis(400);
    private static final Duration ALMOST_GRACE = Duration.ofMillis(4_400);
    private static final Duration GRACE = Duration.ofMillis(5_500);

    /** What a watcher of a killed node waits at least, after its last sign of life 5 s before. */
    private static final Duration ALMOST_CRASH = Duration.ofSeconds(15);

    private static final Duration CRASH = Duration.ofSeconds(22);
    private static final Duration AGES = Duration.ofSeconds(60);

    private final NodesInMemory nodes = new NodesInMemory("a", "b", "c");
    private final NodesInMemory.Node a = nodes.node("a");
    private final NodesInMemory.Node b = nodes.node("b");
    private final NodesInMemory.Node c = nodes.node("c");

    @Test
    void join_firstSession_isToldOnEveryNodeOnce() {
        b.enter("ann", "s1");
        nodes.pass(SOON);
        for (NodesInMemory.Node node : List.of(a, b, c)) {
            assertThat(node.watched)
                    .containsExactly("{\"type\":\"diff\",\"count\":1,\"joined\":[{\"user\":\"ann\",\"sessions\":1,"
                            + "\"info\":null,\"since\":\"1970-01-01T00:00:07Z\"}],\"left\":[]}");
        }
        assertThat(nodes.events).containsExactly("joined ann");
    }

    @Test
    void state_newWatcher_isUpToItsVersion() {
        a.presence.enter(ROOM, "ann", "s1", Optional.of("{\"mood\": 1}"));
        Presence.State state = a.presence.state(ROOM);
        assertThat(NodesInMemory.text(state.message().body()))
                .isEqualTo("{\"type\":\"state\",\"count\":1,\"members\":[{\"user\":\"ann\",\"sessions\":1,"
                        + "\"info\":{\"mood\": 1},\"since\":\"1970-01-01T00:00:07Z\"}]}");
        assertThat(state.message().destination().text()).isEqualTo("/presence/topic/rooms/1");
        List<String> versions = new ArrayList<>();
        a.presence.watch(
                ROOM,
                live -> versions.add(live.message().headers().first("version").orElseThrow()));
        a.enter("bob", "s2");
        nodes.pass(SOON);
        assertThat(versions).containsExactly(Long.toString(state.version()), Long.toString(state.version() + 1));
    }

    @Test
    void tabs_secondAndOneOfTwo_areNotTold() {
        a.enter("ann", "s1");
        nodes.pass(SOON);
        b.enter("ann", "s2");
        b.enter("ann", "s2");
        nodes.pass(SOON);
        assertThat(c.members()).isEqualTo("ann=2");
        a.leave("ann", "s1");
        b.leave("ann", "s2");
        nodes.pass(AGES);
        assertThat(c.members()).isEqualTo("ann=1");
        assertThat(c.watched).hasSize(1);
        assertThat(nodes.events).containsExactly("joined ann");
    }

    @Test
    void leave_lastSession_isToldAfterTheGrace() {
        a.enter("ann", "s1");
        nodes.pass(SOON);
        a.leave("ann", "s1");
        nodes.pass(ALMOST_GRACE);
        assertThat(c.watched).hasSize(1);
        assertThat(c.members()).isEqualTo("ann=0");
        nodes.pass(GRACE);
        assertThat(c.watched).hasSize(2);
        assertThat(c.watched.get(1))
                .startsWith("{\"type\":\"diff\",\"count\":0,\"joined\":[],\"left\":[{\"user\":\"ann\"");
        assertThat(nodes.events).containsExactly("joined ann", "left ann");
        assertThat(a.members()).isEmpty();
    }

    /** A page that comes back, also to another node, would take the second one for a double. */
    @Test
    void messages_roomThatWasEmptyAndUnwatched_neverHaveTheSameId() {
        Destination other = Destination.topic("rooms/2");
        for (int visit = 0; visit < 3; visit++) {
            for (NodesInMemory.Node node : List.of(a, b)) {
                Router.Registration watch = node.watch(other);
                node.presence.enter(other, "ann", "s", Optional.empty());
                nodes.pass(SOON);
                watch.close();
                node.presence.leave(other, "ann", "s");
                nodes.pass(AGES);
            }
        }
        List<String> ids = Stream.of(a, b).flatMap(node -> node.ids.stream()).toList();
        assertThat(ids).hasSize(6).doesNotHaveDuplicates().allMatch(id -> id.startsWith("local-"));
    }

    @Test
    void reload_onWhateverNode_isNotTold() {
        a.enter("ann", "s1");
        nodes.pass(SOON);
        a.leave("ann", "s1");
        nodes.pass(SOON);
        a.enter("ann", "s2");
        nodes.pass(GRACE);
        a.leave("ann", "s2");
        nodes.pass(Duration.ofSeconds(4));
        b.enter("ann", "s3");
        nodes.pass(AGES);
        assertThat(c.watched).hasSize(1);
        assertThat(nodes.events).containsExactly("joined ann");
        assertThat(b.presence.members(ROOM))
                .singleElement()
                .satisfies(member -> assertThat(member.since().getEpochSecond()).isEqualTo(7));
    }

    @Test
    void info_changed_isToldWithTheMember() {
        a.presence.enter(ROOM, "ann", "s1", Optional.of("1"));
        nodes.pass(SOON);
        b.enter("ann", "s2");
        assertThat(b.presence.tell(ROOM, "ann", "s2", Optional.of("{\"away\":true}")))
                .isTrue();
        assertThat(b.presence.tell(ROOM, "ann", "s1", Optional.of("\"of another node\"")))
                .isFalse();
        assertThat(b.presence.tell(ROOM, "bob", "s2", Optional.of("\"forged\"")))
                .isFalse();
        nodes.pass(SOON);
        for (NodesInMemory.Node node : List.of(a, b, c)) {
            assertThat(node.watched.get(node.watched.size() - 1))
                    .startsWith(
                            "{\"type\":\"diff\",\"count\":1,\"joined\":[],\"left\":[],\"changed\":[{\"user\":\"ann\","
                                    + "\"sessions\":2,\"info\":{\"away\":true},");
        }
    }

    @Test
    void killedNode_itsUsers_leaveOnceUnlessTheyCameBack() {
        a.enter("ann", "s1");
        a.enter("bob", "s2");
        nodes.pass(SOON);
        nodes.kill("a");
        nodes.pass(Duration.ofSeconds(2));
        b.enter("bob", "s3");
        nodes.pass(ALMOST_CRASH.minusSeconds(2));
        assertThat(nodes.events).containsExactly("joined ann", "joined bob");
        nodes.pass(CRASH.minus(ALMOST_CRASH));
        assertThat(nodes.events).containsExactly("joined ann", "joined bob", "left ann");
        assertThat(c.members()).isEqualTo("bob=1");
        assertThat(c.takeWatched()).hasSize(2);
        nodes.pass(AGES);
        assertThat(nodes.events).hasSize(3);
    }

    @Test
    void stoppedNode_itsUsers_leaveAfterTheGrace() {
        a.enter("ann", "s1");
        nodes.pass(SOON);
        nodes.stop("a");
        nodes.pass(ALMOST_GRACE);
        assertThat(nodes.events).containsExactly("joined ann");
        nodes.pass(GRACE);
        assertThat(nodes.events).containsExactly("joined ann", "left ann");
    }

    @Test
    void killedNode_thatFiresTheEvents_isReplaced() {
        nodes.pass(AGES);
        nodes.kill("a");
        b.enter("ann", "s1");
        nodes.pass(Duration.ofSeconds(10));
        b.leave("ann", "s1");
        assertThat(nodes.events).isEmpty();
        nodes.pass(CRASH);
        assertThat(nodes.events).containsExactly("joined ann", "left ann");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endedNode_thatFiredAnEventASecondAgo_isNotRepeated(boolean killed) {
        nodes.pass(AGES);
        a.enter("bob", "s1");
        // Before the note that tells the others of him.
        a.presence.tick();
        nodes.pass(Duration.ofSeconds(1));
        assertThat(nodes.events).containsExactly("joined bob");
        if (killed) {
            nodes.kill("a");
        } else {
            nodes.stop("a");
        }
        nodes.pass(AGES);
        assertThat(nodes.events).containsExactly("joined bob", "left bob");
    }

    @Test
    void slowObserver_getsWhatWaitedWhenItIsDone() {
        a.observes = false;
        b.enter("ann", "s1");
        nodes.pass(SOON);
        b.leave("ann", "s1");
        nodes.pass(GRACE);
        assertThat(nodes.events).isEmpty();
        a.observes = true;
        nodes.pass(SOON);
        assertThat(nodes.events).containsExactly("joined ann", "left ann");
    }

    @Test
    void newNode_whatWasThereBefore_isNoEvent() {
        c.enter("ann", "s1");
        nodes.pass(SOON);
        NodesInMemory.Node first = nodes.start("0");
        nodes.pass(AGES);
        assertThat(first.members()).isEqualTo("ann=1");
        assertThat(nodes.events).containsExactly("joined ann");
        c.enter("bob", "s2");
        c.leave("ann", "s1");
        nodes.pass(GRACE);
        assertThat(nodes.events).containsExactly("joined ann", "joined bob", "left ann");
    }

    @Test
    void lostNote_isNoticedAndMended() {
        a.enter("ann", "s1");
        a.enter("eve", "s2");
        nodes.pass(SOON);
        a.mute = true;
        a.enter("bob", "s3");
        a.leave("eve", "s2");
        nodes.pass(SOON);
        a.mute = false;
        assertThat(c.members()).isEqualTo("ann=1 eve=1");
        nodes.pass(Duration.ofSeconds(6));
        assertThat(c.members()).startsWith("ann=1 bob=1");
        nodes.pass(GRACE);
        assertThat(c.members()).isEqualTo("ann=1 bob=1");
        assertThat(nodes.events).containsExactly("joined ann", "joined eve", "joined bob", "left eve");
    }

    @Test
    void outage_ofTheMessageBroker_isNoEventAndFreezes() {
        a.enter("ann", "s1");
        b.enter("bob", "s2");
        nodes.pass(SOON);
        nodes.events.clear();
        List.of(a, b, c).forEach(node -> {
            node.takeWatched();
            node.connected = false;
        });
        nodes.pass(AGES);
        // Moved meanwhile.
        a.leave("ann", "s1");
        b.enter("ann", "s3");
        nodes.pass(AGES);
        assertThat(c.members()).isEqualTo("ann=1 bob=1");
        assertThat(a.members()).isEqualTo("ann=0 bob=1");
        List.of(a, b, c).forEach(node -> node.connected = true);
        nodes.pass(AGES);
        assertThat(List.of(a.members(), b.members(), c.members())).containsOnly("ann=1 bob=1");
        assertThat(nodes.events).isEmpty();
        assertThat(List.of(a.watched, b.watched, c.watched)).containsOnly(List.of());
    }

    @Test
    void cutOffNode_ofThree_buriesNobodyAndIsTakenForDeadByTheOthers() {
        a.enter("ann", "s1");
        c.enter("eve", "s2");
        nodes.pass(SOON);
        nodes.events.clear();
        c.connected = false;
        nodes.pass(CRASH);
        assertThat(c.members()).isEqualTo("ann=1 eve=1");
        assertThat(a.members()).isEqualTo("ann=1");
        c.connected = true;
        nodes.pass(AGES);
        assertThat(List.of(a.members(), b.members(), c.members())).containsOnly("ann=1 eve=1");
        assertThat(nodes.events).containsExactly("left eve", "joined eve");
    }

    @Test
    void standstill_ofANode_buriesNobody() {
        a.enter("ann", "s1");
        nodes.pass(SOON);
        c.takeWatched();
        c.asleep = true;
        nodes.pass(AGES);
        c.asleep = false;
        nodes.pass(AGES);
        assertThat(c.members()).isEqualTo("ann=1");
        assertThat(c.watched).isEmpty();
        assertThat(nodes.events).containsExactly("joined ann");
    }

    @Test
    void crowd_isCountedOnceASecondOnEveryNode() {
        for (int second = 0; second < 5; second++) {
            for (int i = 0; i < 10; i++) {
                int from = second * 1_000 + i * 100;
                IntStream.range(from, from + 100).forEach(user -> a.enter("user" + user, "s" + user));
                nodes.pass(Duration.ofMillis(100));
            }
        }
        nodes.pass(Duration.ofSeconds(2));
        List<String> counts = c.takeWatched().stream()
                .filter(text -> text.startsWith("{\"type\":\"state\""))
                .toList();
        assertThat(counts).hasSizeBetween(4, 7).allMatch(text -> !text.contains("members"));
        assertThat(counts.get(counts.size() - 1)).isEqualTo("{\"type\":\"state\",\"count\":5000}");
        assertThat(NodesInMemory.text(b.presence.state(ROOM).message().body()))
                .isEqualTo("{\"type\":\"state\",\"count\":5000}");
        IntStream.range(0, 4_200).forEach(user -> a.leave("user" + user, "s" + user));
        nodes.pass(GRACE);
        nodes.pass(Duration.ofSeconds(1));
        assertThat(c.watched).hasSizeBetween(1, 3);
        assertThat(c.watched.get(c.watched.size() - 1).substring(0, 60))
                .startsWith("{\"type\":\"state\",\"count\":800,\"members\":[{\"user\":\"user42");
        assertThat(nodes.events).hasSize(5_000 + 4_200);
    }

    @Test
    void largeInfos_areNotShownWhenThereIsNoRoomForThem() {
        String large = "\"" + "x".repeat(1_000) + "\"";
        IntStream.range(0, 200).forEach(user -> a.presence.enter(ROOM, "user" + user, "s" + user, Optional.of(large)));
        nodes.pass(Duration.ofSeconds(2));
        assertThat(c.watched).last().isEqualTo("{\"type\":\"state\",\"count\":200}");
    }

    @Test
    void topic_withoutARule_hasNoMembers() {
        a.presence.enter(Destination.topic("news"), "ann", "s1", Optional.empty());
        assertThat(a.presence.members(Destination.topic("news"))).isEmpty();
    }
}
