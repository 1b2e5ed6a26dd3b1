package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queues wait for a client that reads slowly: unlike topics they lose nothing by it. */
class QueueBackPressureTest {
    private final List<FeedThread> feeds = new ArrayList<>();
    private final TestNode node = new TestNode(this::newFeed);
    private final TestClient ann = node.connected("ann");

    private FeedThread newFeed() {
        FeedThread feed = new FeedThread();
        feeds.add(feed);
        return feed;
    }

    @AfterEach
    void stop() {
        feeds.forEach(FeedThread::shutdownNow);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "client", "client-individual"})
    void backPressure_waitsForRoomForTheWholeMessage(String ackMode) {
        String less = "l".repeat(9_000);
        String more = "m".repeat(12_000);
        ann.subscribe("s", "/queue/less", "ack", ackMode);
        ann.subscribe("t", "/queue/more", "ack", ackMode);
        ann.wire.hold();
        node.publish("/queue/less", less);
        await().until(() -> ann.received().contains("s: " + less));
        node.publish("/queue/more", more);
        FeedThread feedOfMore = feeds.get(1);
        await().until(() -> feedOfMore.waitsInReceiver() || ann.session.hasEnded());
        assertThat(ann.session.hasEnded()).isFalse();
        assertThat(ann.session.messagesSent()).as("queued so far").isEqualTo(1);
        ann.wire.release();
        await().until(() -> ann.received().contains("t: " + more));
    }
}
