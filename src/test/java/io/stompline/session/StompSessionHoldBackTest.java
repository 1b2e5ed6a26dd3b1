package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.routing.Destination;
import io.stompline.session.protocol.StompError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server stops: queues wait, so that other servers get what this one does not deliver any more. */
class StompSessionHoldBackTest {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Destination QUEUE = Destination.queue("q");
    private static final String CLOSED = "RESTART the server restarts; retry after 1234 ms";

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

    @Test
    void holdBack_messagesOfTopics_goOnThoseOfQueuesDoNot() {
        ann.subscribe("q", "/queue/q", "ack", "client");
        ann.subscribe("t", "/topic/a", "ack", "client");
        node.publish("/queue/q", "1");
        awaitReceived("q: 1");
        giveNotice();
        node.publish("/queue/q", "2");
        node.publish("/topic/a", "3");
        awaitReceived("t: 3");
        await().until(feeds.get(0)::waitsInReceiver);
        ann.ack("1");
        ann.pass(TICK);
        assertThat(ann.wire.closed()).containsExactly(CLOSED);
        assertThat(ann.received()).isEmpty();
        assertThat(node.bus.waiting(QUEUE)).containsExactly("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "client", "client-individual"})
    void holdBack_subscriptionAfterTheNotice_consumesNothing(String mode) {
        node.publish("/queue/q", "1");
        giveNotice();
        ann.subscribe("q", "/queue/q", "ack", mode, "receipt", "r");
        awaitReceived("receipt r");
        await().until(feeds.get(0)::waitsInReceiver);
        ann.pass(TICK);
        assertThat(ann.wire.closed()).containsExactly(CLOSED);
        assertThat(ann.received()).isEmpty();
        assertThat(node.bus.waiting(QUEUE)).containsExactly("1");
    }

    @Test
    void notice_autoMessageOnItsWay_isAwaitedAndIsTheLast() {
        ann.subscribe("q", "/queue/q");
        ann.wire.hold();
        node.publish("/queue/q", "1");
        awaitReceived("q: 1");
        giveNotice();
        node.publish("/queue/q", "2");
        ann.pass(TICK);
        assertThat(ann.wire.closed()).isEmpty();
        ann.wire.release();
        await().until(() -> {
            ann.pass(Duration.ZERO);
            return ann.wire.closed().contains(CLOSED);
        });
        assertThat(ann.received()).isEmpty();
        assertThat(node.bus.log()).contains("acknowledge 1");
        assertThat(node.bus.waiting(QUEUE)).containsExactly("2");
    }

    @Test
    void notice_autoMessageTakenByTheSocketAtTheEndOfThePatience_doesNotComeAgain() throws InterruptedException {
        ann.subscribe("q", "/queue/q");
        ann.wire.hold();
        node.publish("/queue/q", "1");
        awaitReceived("q: 1");
        giveNotice();
        Thread end = new Thread(() -> ann.pass(PATIENCE));
        end.start();
        await().until(() -> end.getState() == Thread.State.TIMED_WAITING || !end.isAlive());
        ann.wire.release();
        end.join();
        assertThat(ann.wire.closed()).containsExactly(CLOSED);
        assertThat(node.bus.log()).contains("acknowledge 1");
        assertThat(node.bus.waiting(QUEUE)).isEmpty();
    }

    /** The hard end, when all patience is over. */
    @Test
    void stop_autoMessageOnItsWay_isAcknowledgedOnceTheSocketTookIt() throws InterruptedException {
        subscribeAndHold();
        Thread end = new Thread(this::stopHard);
        end.start();
        await().until(() -> end.getState() == Thread.State.TIMED_WAITING || !end.isAlive());
        ann.wire.release();
        end.join();
        assertThat(ann.wire.closed()).containsExactly(CLOSED);
        assertThat(node.bus.log()).contains("acknowledge 1");
        assertThat(node.bus.waiting(QUEUE)).isEmpty();
    }

    @Test
    void stop_autoMessageOnItsWayWhileAHandlerRuns_isAcknowledgedOnceTheSocketTookIt() {
        subscribeAndHold();
        node.application.answer("/app/slow", request -> {
            stopHard();
            ann.wire.release();
            await().until(() -> node.bus.log().contains("acknowledge 1"));
            return Optional.empty();
        });
        ann.subscribe("s", "/app/slow");
        assertThat(ann.wire.closed()).containsExactly(CLOSED);
        assertThat(node.bus.waiting(QUEUE)).isEmpty();
    }

    @Test
    void stop_autoMessageThatTheSocketNeverTakes_isGivenBackWhenTheTransportIsClosed() {
        subscribeAndHold();
        List<Boolean> waits = new ArrayList<>();
        node.application.answer("/app/slow", request -> {
            stopHard();
            ann.pass(Duration.ofSeconds(4));
            waits.add(feeds.get(0).waitsInReceiver());
            ann.pass(Duration.ofSeconds(1));
            await().until(() -> !feeds.get(0).waitsInReceiver());
            waits.add(false);
            return Optional.empty();
        });
        ann.subscribe("s", "/app/slow");
        assertThat(waits).containsExactly(true, false);
        assertThat(ann.wire.closed()).containsExactly(CLOSED);
        assertThat(node.bus.waiting(QUEUE)).containsExactly("1");
        assertThat(ann.received()).isEmpty();
    }

    @Test
    void error_autoMessageOnItsWay_isAcknowledgedOnceTheSocketTookIt() throws InterruptedException {
        subscribeAndHold();
        Thread end = new Thread(() -> ann.session.fail(StompError.DISCONNECTED, "good bye"));
        end.start();
        await().until(() -> end.getState() == Thread.State.TIMED_WAITING || !end.isAlive());
        ann.wire.release();
        end.join();
        assertThat(ann.received()).containsExactly("error: disconnected by the server");
        assertThat(node.bus.log()).contains("acknowledge 1");
        assertThat(node.bus.waiting(QUEUE)).isEmpty();
    }

    @Test
    void error_autoMessageThatTheSocketDoesNotTake_isGivenBackAfterASecond() {
        subscribeAndHold();
        ann.session.fail(StompError.DISCONNECTED, "good bye");
        assertThat(node.bus.waiting(QUEUE)).containsExactly("1");
    }

    /** Another connection may be waiting for it. */
    @Test
    void error_silentClient_autoMessageIsGivenBackAtOnce() throws InterruptedException {
        subscribeAndHold();
        List<Boolean> waits = new ArrayList<>();
        node.application.answer("/app/slow", request -> {
            ann.session.fail(StompError.HEART_BEAT_LOST, "silent");
            await().until(() -> !feeds.get(0).waitsInReceiver());
            waits.add(false);
            return Optional.empty();
        });
        ann.subscribe("s", "/app/slow");
        assertThat(waits).containsExactly(false);
        assertThat(node.bus.waiting(QUEUE)).containsExactly("1");
    }

    private void subscribeAndHold() {
        ann.subscribe("q", "/queue/q");
        ann.wire.hold();
        node.publish("/queue/q", "1");
        awaitReceived("q: 1");
    }

    private void stopHard() {
        ann.session.stop(Duration.ofMillis(1234));
    }

    @Test
    void holdBack_subscribeBeingCarriedOut_getsItsFirstMessage() {
        node.application.answer("/topic/a", request -> {
            giveNotice();
            return Optional.of(StompSessionHistoryTest.snapshot("all"));
        });
        ann.subscribe("d", "/topic/a", "durable", "true", "ack", "client");
        assertThat(ann.received()).containsExactly("d: all");
        assertThat(ann.session.hasEnded()).isFalse();
    }

    private void awaitReceived(String frame) {
        List<String> received = new ArrayList<>();
        await().until(() -> received.addAll(ann.received()) && received.contains(frame));
        assertThat(received).containsExactly(frame);
    }

    private void giveNotice() {
        ann.session.giveNotice(PATIENCE, Duration.ofMillis(1234));
    }
}
