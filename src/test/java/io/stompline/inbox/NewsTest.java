package io.stompline.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.frame.Body;
import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.metrics.Metrics;
import io.stompline.routing.Audience;
import io.stompline.routing.Destination;
import io.stompline.routing.InMemoryBus;
import io.stompline.routing.Message;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What clients are told on threads of their own, by a message broker that takes its time. */
class NewsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Destination ALERTS =
            Destination.parse("/user/queue/alerts").orElseThrow();

    private final TestDatabase database = TestDatabase.h2();
    private final InMemoryBus bus = new InMemoryBus();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final CountDownLatch brokerWorks = new CountDownLatch(1);
    private final Inboxes inboxes = new Inboxes(
            database,
            new Inboxes.Limits(100, 10_000),
            bus,
            new TableThreads(Thread::new),
            new Metrics(),
            InstantSource.system());

    @AfterEach
    void close() {
        brokerWorks.countDown();
        inboxes.close();
    }

    private long keep(String user) {
        Headers kept = inboxes.keep(user, ALERTS, Headers.none(), Body.utf8("x"), Duration.ofDays(1), false);
        return Long.parseLong(kept.first(HeaderNames.INBOX_ID).orElseThrow());
    }

    private void acknowledge(String user, long id) {
        inboxes.box(user, ALERTS).orElseThrow().delivery(id).acknowledge();
    }

    private void takeSlowly(Message news) {
        told.add(news.body().text().orElseThrow() + ", left "
                + news.headers().first(HeaderNames.UNREAD).orElseThrow());
        try {
            brokerWorks.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void broker_slow_tableIsChangedMeanwhileAndClientsAreToldInOrder() {
        bus.openTopic(Audience.CARRIER, this::takeSlowly);
        List<Long> ann = List.of(keep("ann"), keep("ann"), keep("ann"));
        long bob = keep("bob");
        acknowledge("ann", ann.get(0));
        await().atMost(LIMIT).until(() -> told.size() == 1);

        acknowledge("ann", ann.get(1));
        acknowledge("ann", ann.get(2));
        acknowledge("bob", bob);
        await().atMost(LIMIT).until(() -> database.rows() == 0);
        keep("carl");
        List<KeptMessage> read = new CopyOnWriteArrayList<>();
        Box box = inboxes.box("carl", ALERTS).orElseThrow();
        box.begin(id -> {});
        box.read(Set.of(), 10, page -> read.addAll(page.messages()));
        await().atMost(LIMIT).until(() -> read.size() == 1);
        assertThat(told).hasSize(1);

        brokerWorks.countDown();
        await().atMost(LIMIT).until(() -> told.size() == 4);
        assertThat(told)
                .containsExactly(
                        ann.get(0) + ", left 2", ann.get(1) + ", left 0", ann.get(2) + ", left 0", bob + ", left 0");
    }
}
