package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.broker.Destination;
import io.stompline.frame.Command;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever a connection is doing when it ends, nothing of it stays behind. */
class StompSessionEndTest {
    private static final Destination QUEUE = Destination.queue("q");

    private final ExecutorService feedThread = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        feedThread.shutdownNow();
    }

    @Test
    void endsWhileAnUnsubscribeWaitsForTheSocket() {
        TestNode node = new TestNode(() -> feedThread);
        TestClient ann = node.connected("ann");
        ann.subscribe("s", "/queue/q");
        ann.wire.hold();
        node.publish("/queue/q", "1");
        await().until(() -> ann.received().contains("s: 1"));
        var unsubscribed = CompletableFuture.runAsync(() -> ann.send(Command.UNSUBSCRIBE, "id", "s"));
        await().until(() -> node.bus.log().contains("close " + QUEUE));
        ann.session.close(CloseCause.CLIENT_GONE);
        assertThat(unsubscribed).succeedsWithin(Duration.ofSeconds(30));
        assertThat(node.bus.waiting(QUEUE)).containsExactly("1");
        assertThat(node.admission.connections()).isZero();
    }

    @Test
    void endsWhileAFrameFindsTheMessageBrokerGone() throws InterruptedException {
        TestNode node = new TestNode();
        TestClient ann = node.connected("ann");
        ann.subscribe("s", "/queue/q");
        Thread sender = new Thread(() -> ann.publish("/topic/a", "1"));
        synchronized (node.bus) {
            sender.start();
            await().until(() -> sender.getState() == Thread.State.BLOCKED);
            ann.session.close(CloseCause.CLIENT_GONE);
            node.bus.goAway();
        }
        sender.join();
        assertThat(node.bus.log()).contains("close " + QUEUE);
        assertThat(node.admission.connections()).isZero();
    }

    @Test
    void endsWhenTheApplicationThrowsAnError() {
        TestNode node = new TestNode();
        node.application.answer("/topic/a", request -> {
            throw new StackOverflowError("as intended");
        });
        TestClient ann = node.connected("ann");
        ann.subscribe("s", "/topic/a");
        assertThat(ann.received()).containsExactly("error: internal error");
        assertThat(node.admission.connections()).isZero();
    }
}
