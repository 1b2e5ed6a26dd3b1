package io.stompline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.session.StompSession;
import io.stompline.session.StompSessions;
import io.stompline.threads.SerialLane;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InboxTest {
    private static final int ROOM = 64;
    private static final Duration BROKER_TIMEOUT = Duration.ofMinutes(10);

    private final ExecutorService laneThread = Executors.newSingleThreadExecutor();
    private final CountDownLatch brokerIsBack = new CountDownLatch(1);
    private final SerialLane lane = new SerialLane(laneThread);
    private final StompSessions sessions = new StompSessions();
    private final StompSession session = sessions.open(lane);
    private final Inbox inbox = new Inbox(session, lane, new Semaphore(1), BROKER_TIMEOUT);

    @AfterEach
    void stop() {
        brokerIsBack.countDown();
        laneThread.shutdownNow();
    }

    @Test
    void inbox_full_doesNotBlameTheClientForHeartBeats() throws InterruptedException {
        accept("CONNECT\naccept-version:1.2\nhost:h\nlogin:ann\npasscode:ann\nheart-beat:1000,1000\n\n\0");
        await().until(session::isConnected);
        lane.execute(this::awaitBroker);
        for (int i = 0; i < ROOM; i++) {
            accept("\n");
        }
        Thread reader = new Thread(() -> accept("\n"));
        reader.start();
        await().until(() -> reader.getState() == Thread.State.TIMED_WAITING);
        sessions.pass(Duration.ofSeconds(20));
        session.tick();
        assertThat(session.hasEnded()).isFalse();
        brokerIsBack.countDown();
        reader.join();
        sessions.pass(Duration.ofSeconds(2));
        session.tick();
        assertThat(session.hasEnded()).isFalse();
        sessions.pass(Duration.ofSeconds(2));
        session.tick();
        assertThat(session.hasEnded()).as("nothing came although it was read").isTrue();
    }

    @Test
    void inbox_full_waitsLongerThanAFrameMay() {
        assertThat(inbox.maxWait()).isGreaterThan(BROKER_TIMEOUT);
    }

    @Test
    void inbox_fullAndOffered_leavesTheBytesToTheTransport() {
        lane.execute(this::awaitBroker);
        for (int i = 0; i < ROOM; i++) {
            assertThat(offer("\n")).isTrue();
        }
        assertThat(offer("\n")).isFalse();
        assertThat(session.hasEnded()).isFalse();
        brokerIsBack.countDown();
        await().until(() -> offer("\n"));
    }

    private boolean offer(String text) {
        return inbox.offer(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), Duration.ofMillis(1));
    }

    private void accept(String text) {
        inbox.accept(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void awaitBroker() {
        try {
            brokerIsBack.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
