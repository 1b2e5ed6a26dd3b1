package io.stompline.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
    void notes_ofOneNode_reachTheOthersInOrder() {
        NodeChannel b = join("b", note -> {});
        await().atMost(LIMIT).until(() -> a.others().contains("b"));
        b.say(Note.Type.LIST_SESSIONS, "q", "");
        b.say(Note.Type.DISCONNECT, "", "ann\nclosed for today");
        a.say(Note.Type.LIST_SESSIONS, "mine", "");
        leave(b);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(heard)
                        .filteredOn(note -> note.type() != Note.Type.ALIVE)
                        .containsExactly(
                                new Note(Note.Type.LIST_SESSIONS, "b", "q", ""),
                                new Note(Note.Type.DISCONNECT, "b", "", "ann\nclosed for today"),
                                new Note(Note.Type.GONE, "b", "", "")));
    }

    @Test
    void leave_noteAfterwards_isNotSent() {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<NodeChannel> itself = new CompletableFuture<>();
        NodeChannel b = join("b", note -> {
            if (note.type() == Note.Type.LIST_SESSIONS) {
                asked.countDown();
                waitForFarewell();
                itself.join().say(Note.Type.SESSIONS, note.query(), "[]");
            }
        });
        itself.complete(b);
        await().atMost(LIMIT).until(() -> a.others().contains("b"));
        a.say(Note.Type.LIST_SESSIONS, "q", "");
        await().atMost(LIMIT).until(() -> asked.getCount() == 0);
        leave(b);
        await().atMost(LIMIT).until(() -> farewell.getCount() == 0);
        assertThat(heard)
                .extracting(Note::type)
                .filteredOn(type -> type != Note.Type.ALIVE)
                .containsExactly(Note.Type.SESSIONS, Note.Type.GONE);
        assertThat(a.others()).isEmpty();
    }

    private void hear(Note note) {
        heard.add(note);
        if (note.type() == Note.Type.GONE) {
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
        NodeChannel channel = new NodeChannel(bus, name, receiver);
        open.add(channel);
        return channel;
    }

    private void leave(NodeChannel channel) {
        open.remove(channel);
        channel.close();
    }
}
