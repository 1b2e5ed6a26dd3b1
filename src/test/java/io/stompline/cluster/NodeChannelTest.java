package io.stompline.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.LogLines;
import io.stompline.cluster.NodeChannel.Note;
import io.stompline.routing.InMemoryBus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeChannelTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String ASK = "ASK";
    private static final String ANSWER = "ANSWER";
    private static final String ORDER = "ORDER";

    private final InMemoryBus bus = new InMemoryBus(() -> Runnable::run);
    private final List<Note> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch farewell = new CountDownLatch(1);
    private final List<NodeChannel> open = new CopyOnWriteArrayList<>();
    private final NodeChannel a = join("a", this::hear);

    @AfterEach
    void close() {
        open.forEach(NodeChannel::close);
    }

    @Test
    void nodes_joinAndLeave_areKnownUntilTheyLeave() {
        NodeChannel b = join("b", note -> {});
        NodeChannel c = join("c", note -> {});
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(a.others()).containsExactlyInAnyOrder("b", "c");
            assertThat(b.others()).containsExactlyInAnyOrder("a", "c");
            assertThat(c.others()).containsExactlyInAnyOrder("a", "b");
        });
        leave(b);
        assertThat(a.others()).containsExactly("c");
        assertThat(c.others()).containsExactly("a");
    }

    @Test
    void connected_nodeThatHearsItself_isUntilItLeavesOrTheBrokerIsAway() {
        assertThat(new NodeChannel().isConnected()).isFalse();
        await().atMost(LIMIT).until(a::isConnected);
        assertThat(a.name()).isEqualTo("a");
        bus.goAway();
        assertThat(a.isConnected()).isFalse();
        bus.comeBack();
        assertThat(a.isConnected()).isTrue();
        assertThat(a.isLeaving()).isFalse();
        leave(a);
        assertThat(a.isLeaving()).isTrue();
        assertThat(a.isConnected()).isFalse();
    }

    @Test
    void notes_ofOneNode_reachTheOthersInOrder() {
        NodeChannel b = join("b", note -> {});
        await().atMost(LIMIT).until(() -> a.others().contains("b"));
        b.say(ASK, "q", "");
        b.say(ORDER, "", "ann\nclosed for today");
        a.say(ASK, "mine", "");
        leave(b);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(heard)
                        .containsExactly(
                                new Note(ASK, "b", "q", ""),
                                new Note(ORDER, "b", "", "ann\nclosed for today"),
                                new Note(NodeChannel.GONE, "b", "", "")));
    }

    @Test
    void leave_noteAfterwards_isNotSent() {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<NodeChannel> itself = new CompletableFuture<>();
        NodeChannel b = join("b", note -> {
            if (note.kind().equals(ASK)) {
                asked.countDown();
                waitForFarewell();
                itself.join().say(ANSWER, note.query(), "[]");
            }
        });
        itself.complete(b);
        await().atMost(LIMIT).until(() -> a.others().contains("b"));
        a.say(ASK, "q", "");
        await().atMost(LIMIT).until(() -> asked.getCount() == 0);
        leave(b);
        await().atMost(LIMIT).until(() -> farewell.getCount() == 0);
        assertThat(heard).extracting(Note::kind).containsExactly(ANSWER, NodeChannel.GONE);
        assertThat(a.others()).isEmpty();
    }

    @Test
    void notes_ofNobodyElse_areNotSaid() {
        assertThat(a.sayLater(ORDER, "nobody hears it")).isFalse();
        NodeChannel b = join("b", note -> {});
        await().atMost(LIMIT).until(() -> b.others().contains("a"));
        assertThat(b.sayLater(ORDER, "one does")).isTrue();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(heard).containsExactly(new Note(ORDER, "b", "", "one does")));
    }

    @Test
    void gathered_isSaidOnceByTheEndAtTheLatest() {
        NodeChannel b = join("b", note -> {});
        await().atMost(LIMIT).until(() -> b.others().contains("a"));
        b.sayGathered(Duration.ofDays(1), ANSWER, () -> "at the end");
        b.sayGathered(Duration.ofMillis(1), ORDER, () -> "soon");
        await().atMost(LIMIT).until(() -> heard.size() == 1);
        leave(b);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(heard)
                        .containsExactly(
                                new Note(ORDER, "b", "", "soon"),
                                new Note(ANSWER, "b", "", "at the end"),
                                new Note(NodeChannel.GONE, "b", "", "")));
    }

    @Test
    void gathered_tooMuchForOneNote_isSaidBeforeTheEnd() {
        NodeChannel b = join("b", note -> {});
        await().atMost(LIMIT).until(() -> b.others().contains("a"));
        b.sayGathered(Duration.ofDays(1), ANSWER, () -> {
            b.sayGathered(Duration.ZERO, ANSWER, () -> "the rest");
            return "much";
        });
        leave(b);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(heard)
                        .containsExactly(
                                new Note(ANSWER, "b", "", "much"),
                                new Note(ANSWER, "b", "", "the rest"),
                                new Note(NodeChannel.GONE, "b", "", "")));
    }

    @Test
    void notes_ofSeveralParts_reachEachOfThem() {
        List<String> parts = new CopyOnWriteArrayList<>();
        NodeChannel b = new NodeChannel();
        b.hear(ORDER, note -> {
            throw new IllegalStateException("the first part fails");
        });
        b.hear(ORDER, note -> parts.add(note.text()));
        b.join(bus, "b");
        open.add(b);
        await().atMost(LIMIT).until(() -> a.others().contains("b"));
        try (LogLines log = new LogLines(NodeChannel.class)) {
            a.say("of a newer version", "", "");
            a.say(ORDER, "", "go");
            await().atMost(LIMIT).untilAsserted(() -> assertThat(parts).containsExactly("go"));
            assertThat(log.all()).singleElement().asString().contains("was not carried out: ORDER");
        }
    }

    private void hear(Note note) {
        heard.add(note);
        if (note.kind().equals(NodeChannel.GONE)) {
            farewell.countDown();
        }
    }

    /** Long enough for a farewell that does not wait for what is under way. */
    private void waitForFarewell() {
        try {
            assertThat(farewell.await(500, TimeUnit.MILLISECONDS)).isFalse();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while something is under way", e);
        }
    }

    private NodeChannel join(String name, Consumer<Note> receiver) {
        NodeChannel channel = new NodeChannel();
        List.of(ASK, ANSWER, ORDER, NodeChannel.GONE).forEach(kind -> channel.hear(kind, receiver));
        channel.join(bus, name);
        open.add(channel);
        return channel;
    }

    private void leave(NodeChannel channel) {
        open.remove(channel);
        channel.close();
    }
}
