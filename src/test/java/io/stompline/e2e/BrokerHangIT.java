package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.e2e.support.Bridge;
import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.Ledger;
import io.stompline.e2e.support.LedgerPublisher;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.e2e.support.WithSeparateBroker;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A separate broker stands still for a while, with its connections open. */
class BrokerHangIT extends WithSeparateBroker {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final String name = Bridge.freshName();

    @BeforeAll
    static void start() {
        start(demo -> demo.with("stompline.jms.request-timeout", "2000"));
    }

    /** A short pause goes by unnoticed, in a long one the connections to the broker are given up. */
    @ParameterizedTest
    @ValueSource(ints = {1, 12})
    void hang_heartBeatsAndOthers_goOn(int seconds) throws Exception {
        RawClient subscriber = Clients.subscribed(clients.connect("heart-beat:0,1000\n"), "/topic/" + name);
        RawClient publisher = clients.connect();
        Clients.send(publisher, "/topic/" + name, "before");
        assertThat(ReceivedFrame.next(subscriber).body()).isEqualTo("before");

        broker.pause();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> send(publisher, "meanwhile"));
        int beats = subscriber.heartBeats();
        await().atMost(LIMIT).until(() -> subscriber.heartBeats() >= beats + seconds);
        assertThat(statusOfThePage()).isEqualTo(200);
        RawClient newcomer = clients.connect();
        assertThat(waiting).isNotDone();
        broker.resume();

        waiting.join();
        Clients.send(publisher, "/topic/" + name, "after");
        String next = ReceivedFrame.next(subscriber).body();
        while (next.equals("meanwhile")) {
            // It was on its way: maybe nobody consumed when the broker took it, maybe it was taken twice.
            next = ReceivedFrame.next(subscriber).body();
        }
        assertThat(next).isEqualTo("after");
        Clients.subscribed(newcomer, "/topic/" + name);
        Clients.send(publisher, "/topic/" + name, "last");
        for (RawClient client : new RawClient[] {subscriber, newcomer}) {
            assertThat(ReceivedFrame.next(client).body()).isEqualTo("last");
            assertThat(client.isIdle()).isTrue();
        }
        clients.assertAllConnected();
    }

    @Test
    void hang_queue_losesNothing() throws Exception {
        Ledger ledger = new Ledger();
        LedgerPublisher publisher = new LedgerPublisher(clients.connect(), "p", "/queue/" + name, 500, ledger);
        CompletableFuture<Void> publishing = CompletableFuture.runAsync(publisher);
        RawClient clock = clients.connect("heart-beat:0,1000\n");
        await().atMost(LIMIT).until(() -> ledger.receipts() > 50);
        broker.pause();
        int beats = clock.heartBeats();
        await().atMost(LIMIT).until(() -> clock.heartBeats() >= beats + 8);
        broker.resume();
        publishing.join();

        Clients.send(clients.connect(), "/queue/" + name, "end");
        RawClient consumer = clients.subscriber("/queue/" + name);
        for (String body = body(consumer); !body.equals("end"); body = body(consumer)) {
            ledger.delivered(body);
        }
        ledger.assertNothingIsLost();
        ledger.assertOrderIsKept();
        assertThat(ledger.surplus()).as("%s", ledger.duplicates()).isLessThanOrEqualTo(1);
        clients.assertAllConnected();
    }

    private void send(RawClient publisher, String body) {
        try {
            Clients.send(publisher, "/topic/" + name, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String body(RawClient consumer) throws InterruptedException {
        return ReceivedFrame.next(consumer).body();
    }

    private static int statusOfThePage() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.uri("/"))
                .timeout(Duration.ofSeconds(10))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
