package io.stompline.session.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.frame.Body;
import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.inbox.Inboxes;
import io.stompline.inbox.TableThreads;
import io.stompline.inbox.TestDatabase;
import io.stompline.metrics.Metrics;
import io.stompline.routing.Audience;
import io.stompline.routing.Destination;
import io.stompline.routing.InMemoryBus;
import io.stompline.routing.Message;
import io.stompline.routing.Settleable;
import io.stompline.routing.hub.Broadcast;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table joins the live stream on threads of their own, while a client has room now and then. */
class KeptStreamTest {
    private static final Destination ALERTS =
            Destination.parse("/user/queue/alerts").orElseThrow();
    private static final int MESSAGES = 400;
    private static final int MAX_OPEN = 10;

    private final TestDatabase database = TestDatabase.h2();
    private final ExecutorService lane = Executors.newSingleThreadExecutor();
    private final ExecutorService reader = Executors.newSingleThreadExecutor();
    private final Inboxes inboxes = new Inboxes(
            database,
            new Inboxes.Limits(10 * MESSAGES, 5_000),
            new InMemoryBus(),
            new TableThreads(Thread::new),
            new Metrics(),
            InstantSource.system());

    @AfterEach
    void close() {
        inboxes.close();
        lane.shutdownNow();
        reader.shutdownNow();
    }

    /** A subscription whose client acknowledges what it has, on another thread. */
    private static final class Subscriber implements KeptStream.Client {
        private final KeptStream stream;
        private final Executor lane;
        private final Executor reader;

        /** Now and then a message does not fit. */
        private final Random random = new Random(0);

        private final List<String> received = new ArrayList<>();
        private Optional<Runnable> waiting = Optional.empty();
        private int open;

        Subscriber(Inboxes inboxes, Executor lane, Executor reader) {
            this.stream = new KeptStream(inboxes.box("ann", ALERTS).orElseThrow(), this, ALERTS.text());
            this.lane = lane;
            this.reader = reader;
        }

        synchronized void begin() {
            stream.begin();
        }

        synchronized void accept(Message live) {
            assertThat(stream.takes(new Broadcast(live))).isTrue();
        }

        synchronized List<String> received() {
            return List.copyOf(received);
        }

        @Override
        public void whenRoom(Runnable step) {
            lane.execute(() -> runOrWait(step));
        }

        private synchronized void runOrWait(Runnable step) {
            if (open < MAX_OPEN) {
                step.run();
            } else {
                assertThat(waiting).isEmpty();
                waiting = Optional.of(step);
            }
        }

        @Override
        public void whenAllRoom(Runnable step) {
            whenRoom(step);
        }

        @Override
        public synchronized void guarded(Runnable step) {
            step.run();
        }

        @Override
        public int room() {
            return MAX_OPEN - open;
        }

        @Override
        public synchronized boolean hasRoom() {
            return open < MAX_OPEN;
        }

        @Override
        public boolean send(Broadcast message, Headers marks, Settleable delivery) {
            if (random.nextInt(20) == 0) {
                return false;
            }
            open++;
            received.add(message.message().headers().first(HeaderNames.INBOX_ID).orElseThrow());
            reader.execute(() -> acknowledge(delivery));
            return true;
        }

        private synchronized void acknowledge(Settleable delivery) {
            delivery.acknowledge();
            open--;
            Optional<Runnable> waited = waiting;
            waiting = Optional.empty();
            waited.ifPresent(this::whenRoom);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void stream_atFullRate_showsEachMessageOnceAndNoneIsLeft(long seed) {
        Random random = new Random(seed);
        Subscriber subscriber = new Subscriber(inboxes, lane, reader);
        List<String> ids = new ArrayList<>();
        Deque<Message> late = new ArrayDeque<>();
        for (int i = 0; i < MESSAGES; i++) {
            if (i == MESSAGES / 4) {
                subscriber.begin();
            }
            Message message = keep("m" + i);
            ids.add(message.headers().first(HeaderNames.INBOX_ID).orElseThrow());
            late.add(message);
            if (random.nextInt(10) == 0) {
                // Another transaction overtakes it.
                late.addLast(late.removeFirst());
            }
            while (random.nextInt(3) > 0 && !late.isEmpty()) {
                subscriber.accept(late.removeFirst());
            }
        }
        late.forEach(subscriber::accept);
        await().atMost(Duration.ofSeconds(60)).until(() -> database.rows() == 0);
        late.forEach(subscriber::accept);
        assertThat(subscriber.received()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(ids);
    }

    /** Paused, or in a bean: it holds up nobody else's reading. */
    @Test
    void page_laneThatIsBusy_isShownAllTheSame() {
        keep("m");
        CountDownLatch busy = new CountDownLatch(1);
        Subscriber subscriber = new Subscriber(inboxes, lane, reader);
        // The message fits.
        subscriber.random.setSeed(1);
        subscriber.begin();
        lane.execute(() -> {
            try {
                busy.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().atMost(Duration.ofSeconds(30)).until(() -> subscriber.received().size() == 1);
        busy.countDown();
    }

    private Message keep(String body) {
        Headers headers = inboxes.keep("ann", ALERTS, Headers.none(), Body.utf8(body), Duration.ofDays(1), false);
        return Message.to(Audience.CARRIER, Audience.ofUser("ann", ALERTS), headers, Body.utf8(body));
    }
}
