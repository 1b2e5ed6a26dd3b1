package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.e2e.support.Bridge;
import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.Ledger;
import io.stompline.e2e.support.LedgerPublisher;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.server.BrokerProcess;
import io.stompline.server.FaultProxy;
import io.stompline.server.ServerProcess;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The way to a separate broker is cut, slow, or not there yet. */
class BrokerLinkIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int CUTS = 5;

    private static BrokerProcess broker;
    private static FaultProxy proxy;
    private static ServerProcess server;

    private final String name = Bridge.freshName();

    @BeforeAll
    static void start() {
        broker = BrokerProcess.start();
        proxy = new FaultProxy(broker.port());
        server = broker.usedBy(ServerProcess.demo(), proxy.port()).start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        proxy.close();
        broker.close();
    }

    @Test
    void reconnect_manyCuts_loseNothingAndDoubleNoConsumer() throws Exception {
        Ledger ledger = new Ledger();
        try (Clients clients = new Clients(server.stompUri())) {
            RawClient subscriber = clients.subscriber("/topic/" + name);
            LedgerPublisher publisher = new LedgerPublisher(clients.connect(), "p", "/queue/" + name, 500, ledger);
            CompletableFuture<Void> publishing = CompletableFuture.runAsync(publisher);
            for (int i = 1; i <= CUTS; i++) {
                int until = i * 50;
                await().atMost(LIMIT).until(() -> ledger.receipts() > until);
                proxy.cut();
            }
            publishing.join();

            RawClient other = clients.connect();
            Clients.send(other, "/topic/" + name, "once");
            assertThat(ReceivedFrame.next(subscriber).body()).isEqualTo("once");
            Clients.send(other, "/topic/" + name, "last");
            assertThat(ReceivedFrame.next(subscriber).body()).isEqualTo("last");

            Clients.send(other, "/queue/" + name, "end");
            RawClient consumer = clients.subscriber("/queue/" + name);
            for (String body = body(consumer); !body.equals("end"); body = body(consumer)) {
                ledger.delivered(body);
            }
            clients.assertAllConnected();
        }
        ledger.assertNothingIsLost();
        ledger.assertOrderIsKept();
        assertThat(ledger.surplus())
                .as("one SEND may be on its way in each cut: %s", ledger.duplicates())
                .isLessThanOrEqualTo(CUTS);
    }

    @Test
    void link_slow_works() throws Exception {
        proxy.delay(Duration.ofMillis(50));
        try (Clients clients = new Clients(server.stompUri())) {
            RawClient subscriber = clients.subscriber("/topic/" + name);
            RawClient publisher = clients.connect();
            for (int i = 0; i < 5; i++) {
                Clients.send(publisher, "/topic/" + name, "m" + i);
                assertThat(body(subscriber)).isEqualTo("m" + i);
            }
            clients.assertAllConnected();
        } finally {
            proxy.delay(Duration.ZERO);
        }
    }

    @Tag("long")
    @Test
    void start_withoutMessageBroker_goesOnWhenItComes() throws Exception {
        broker.kill();
        try (ServerProcess early = broker.usedBy(ServerProcess.demo()).start();
                Clients clients = new Clients(early.stompUri())) {
            RawClient client = clients.connect("heart-beat:0,1000\n");
            client.send("SUBSCRIBE\nid:s\ndestination:/topic/" + name + "\nreceipt:subscribed\n\n\0"
                    + "SEND\ndestination:/topic/" + name + "\n\nfirst\0");
            await().atMost(LIMIT).until(() -> client.heartBeats() > 2);
            assertThat(client.isIdle()).isTrue();
            broker.restart();
            assertThat(client.next()).isEqualTo("RECEIPT\nreceipt-id:subscribed\n\n");
            assertThat(body(client)).isEqualTo("first");
            assertThat(early.log().stream().filter(line -> line.contains("Connection refused")))
                    .as("one line in 30 s")
                    .hasSizeLessThanOrEqualTo(3);
        }
    }

    private static String body(RawClient client) throws InterruptedException {
        return ReceivedFrame.next(client).body();
    }
}
