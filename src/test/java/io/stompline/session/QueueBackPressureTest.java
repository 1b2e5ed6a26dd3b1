package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queues wait for a client that reads slowly: unlike topics they lose nothing by it. */
class QueueBackPressureTest {
    private final List<ExecutorService> feeds = new ArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final TestNode node = new TestNode(this::newThread);
    private final TestClient ann = node.connected("ann");

    private ExecutorService newThread() {
        ExecutorService feed = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task);
            threads.add(thread);
            return thread;
        });
        feeds.add(feed);
        return feed;
    }

    private boolean feedAwaitsRoom() {
        return threads.stream()
                .flatMap(thread -> Stream.of(thread.getStackTrace()))
                .anyMatch(frame -> frame.getMethodName().equals("awaitRoom"));
    }

    @AfterEach
    void stop() {
        feeds.forEach(ExecutorService::shutdownNow);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "client", "client-individual"})
    void waitForRoomForTheWholeMessage(String ackMode) {
        String less = "l".repeat(9_000);
        String more = "m".repeat(12_000);
        ann.subscribe("s", "/queue/less", "ack", ackMode);
        ann.subscribe("t", "/queue/more", "ack", ackMode);
        ann.wire.hold();
        node.publish("/queue/less", less);
        await().until(() -> ann.received().contains("s: " + less));
        node.publish("/queue/more", more);
        await().until(() -> feedAwaitsRoom() || ann.session.hasEnded());
        assertThat(ann.session.hasEnded()).isFalse();
        ann.wire.release();
        await().until(() -> ann.received().contains("t: " + more));
    }
}
