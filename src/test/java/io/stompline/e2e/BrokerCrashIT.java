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
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A separate broker dies and comes back: the clients are kept, and nothing that had a receipt is lost. */
class BrokerCrashIT extends WithSeparateBroker {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PUBLISHERS = 3;

    private final String name = Bridge.freshName();

    @BeforeAll
    static void start() {
        start(demo -> demo);
    }

    @Test
    void crash_messagesWithReceipt_areNotLost() throws Exception {
        Ledger ledger = new Ledger();
        List<CompletableFuture<Void>> publishing = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            LedgerPublisher publisher =
                    new LedgerPublisher(clients.connect(), "p" + i, "/queue/" + name, 1_000, ledger);
            publishing.add(CompletableFuture.runAsync(publisher));
        }
        for (int crash = 1; crash <= 2; crash++) {
            int until = ledger.receipts() + 300;
            await().atMost(LIMIT).until(() -> ledger.receipts() > until);
            broker.kill();
            broker.restart();
        }
        publishing.forEach(CompletableFuture::join);
        drain(ledger);

        assertThat(ledger.receipts()).isEqualTo(PUBLISHERS * 1_000);
        ledger.assertNothingIsLost();
        ledger.assertOrderIsKept();
        assertThat(ledger.surplus())
                .as("one SEND of each publisher may be on its way in each crash: %s", ledger.duplicates())
                .isLessThanOrEqualTo(2 * PUBLISHERS);
        clients.assertAllConnected();
    }

    @Test
    void crash_unacknowledgedMessages_comeAgainOnce() throws Exception {
        RawClient consumer = clients.subscriber("/queue/" + name + "\nack:client-individual");
        new LedgerPublisher(clients.connect(), "p", "/queue/" + name, 10, new Ledger()).run();
        for (ReceivedFrame message : take(consumer, 0, 10).subList(0, 5)) {
            acknowledge(consumer, message);
        }
        broker.kill();
        broker.restart();
        for (ReceivedFrame message : take(consumer, 5, 10)) {
            assertThat(message.header("redelivered")).isEqualTo("true");
            acknowledge(consumer, message);
        }
        Clients.send(clients.connect(), "/queue/" + name, "last");
        assertThat(ReceivedFrame.next(consumer).body()).isEqualTo("last");
        clients.assertAllConnected();
    }

    @Test
    void crash_transaction_isCarriedOutAsAWholeOrNotAtAll() throws Exception {
        Set<Integer> receipted = ConcurrentHashMap.newKeySet();
        CompletableFuture<Void> committing = CompletableFuture.runAsync(() -> commitUntil(400, receipted));
        await().atMost(LIMIT).until(() -> receipted.size() > 100);
        broker.kill();
        broker.restart();
        committing.join();

        Map<Integer, Integer> delivered = new HashMap<>();
        Ledger all = new Ledger();
        drain(all);
        all.delivered().forEach(body -> delivered.merge(Integer.valueOf(body.split("-", 2)[0]), 1, Integer::sum));
        assertThat(delivered.values()).as("messages of each transaction").containsOnly(3);
        assertThat(delivered.keySet()).containsAll(receipted);
    }

    @Test
    void crash_topicSubscriptions_goOnWithoutDuplicates() throws Exception {
        List<RawClient> subscribers = List.of(
                clients.subscriber("/topic/" + name + "/a"),
                clients.subscriber("/topic/" + name + "/a"),
                clients.subscriber("/topic/" + name + "/*"),
                clients.subscriber("/topic/" + name + "/**"),
                clients.subscriber("/topic/" + name + "/a\nselector:number = '1'"));
        RawClient publisher = clients.connect();
        for (int crash = 0; crash < 3; crash++) {
            if (crash > 0) {
                broker.kill();
                broker.restart();
            }
            for (int i = 0; i < 20; i++) {
                Clients.send(publisher, "/topic/" + name + "/a\nnumber:1", crash + "-" + i);
            }
            for (RawClient subscriber : subscribers) {
                for (int i = 0; i < 20; i++) {
                    assertThat(ReceivedFrame.next(subscriber).body()).isEqualTo(crash + "-" + i);
                }
            }
        }
        assertThat(subscribers).allMatch(RawClient::isIdle);
        clients.assertAllConnected();
    }

    @Test
    void crash_durable_keepsItsMessages() throws Exception {
        RawClient subscriber = Clients.subscribed(
                clients.connect("client-id:c\n"), "/topic/" + name + "\ndurable:true\nname:n\nack:client-individual");
        Clients.send(clients.connect(), "/topic/" + name + "\npersistent:true", "kept");
        assertThat(ReceivedFrame.next(subscriber).body()).isEqualTo("kept");
        broker.kill();
        broker.restart();
        ReceivedFrame again = ReceivedFrame.next(subscriber);
        assertThat(again.body()).isEqualTo("kept");
        acknowledge(subscriber, again);
        Clients.send(clients.connect(), "/topic/" + name + "\npersistent:true", "next");
        assertThat(ReceivedFrame.next(subscriber).body()).isEqualTo("next");
        clients.assertAllConnected();
    }

    /**
     * Sends three messages in each transaction; whoever gets an ERROR for a COMMIT whose outcome is unknown connects
     * anew.
     */
    private void commitUntil(int count, Set<Integer> receipted) {
        try {
            RawClient client = clients.connect();
            for (int i = 0; i < count; i++) {
                String send = "SEND\ndestination:/queue/" + name + "\ntransaction:t\n\n" + i + "-";
                client.send("BEGIN\ntransaction:t\n\n\0" + send + "0\0" + send + "1\0" + send + "2\0"
                        + "COMMIT\ntransaction:t\nreceipt:r\n\n\0");
                if (client.next().startsWith("RECEIPT\n")) {
                    receipted.add(i);
                } else {
                    client = clients.connect();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The messages of those numbers, in order. */
    private static List<ReceivedFrame> take(RawClient consumer, int from, int to) throws InterruptedException {
        List<ReceivedFrame> taken = new ArrayList<>();
        for (int i = from; i < to; i++) {
            ReceivedFrame message = ReceivedFrame.next(consumer);
            assertThat(message.body()).isEqualTo("p-" + i);
            taken.add(message);
        }
        return taken;
    }

    private static void acknowledge(RawClient client, ReceivedFrame message) throws InterruptedException {
        client.send("ACK\nid:" + message.header("ack") + "\nreceipt:acknowledged\n\n\0");
        assertThat(client.next()).isEqualTo("RECEIPT\nreceipt-id:acknowledged\n\n");
    }

    /** Takes everything out of the queue, as a JMS application. */
    private void drain(Ledger ledger) throws Exception {
        try (JMSContext context = broker.connectionFactory().createContext();
                JMSConsumer consumer = context.createConsumer(context.createQueue(name))) {
            for (String body = next(consumer, ledger); body != null; body = next(consumer, ledger)) {
                ledger.delivered(body);
            }
        }
    }

    private static String next(JMSConsumer consumer, Ledger ledger) {
        return consumer.receiveBody(String.class, ledger.isComplete() ? 1_000 : 20_000);
    }
}
