package io.stompline.e2e;

import static io.stompline.e2e.support.Nodes.sessions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.e2e.support.Bridge;
import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.Ledger;
import io.stompline.e2e.support.LedgerPublisher;
import io.stompline.e2e.support.Nodes;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.server.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One of two servers that share a broker dies or leaves: the other goes on and takes over what was not finished. */
class NodeCrashIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static Nodes nodes;
    private static ServerProcess survivor;

    private final String name = Bridge.freshName();
    private ServerProcess victim;
    private Clients there;
    private Clients here;

    @BeforeAll
    static void start() {
        nodes = new Nodes();
        survivor = nodes.start();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @BeforeEach
    void startVictim() throws InterruptedException {
        victim = nodes.start();
        Nodes.awaitAcquaintance(survivor, victim);
        here = new Clients(survivor.stompUri());
        there = new Clients(victim.stompUri());
    }

    @AfterEach
    void disconnect() {
        here.close();
        there.close();
        victim.close();
    }

    /** What is asserted when the victim is dead. */
    private interface AfterCrash {
        void check() throws Exception;
    }

    /** All in one crash: each start of a victim takes longer than what is tried on it. */
    @Test
    void crash_messagesAndSubscriptionsOfTheDeadNode_goToTheOtherNode() throws Exception {
        List<AfterCrash> checks = List.of(durable(), unacknowledgedMessages(), topicsAndUsers());
        victim.kill();
        for (AfterCrash after : checks) {
            after.check();
        }
    }

    private AfterCrash unacknowledgedMessages() throws Exception {
        String queue = "/queue/" + name + "\nack:client-individual";
        RawClient first = there.subscriber(queue);
        new LedgerPublisher(here.connect(), "p", "/queue/" + name, 10, new Ledger()).run();
        List<ReceivedFrame> taken = take(first, 0, 10);
        assertThat(taken).allMatch(message -> message.find("redelivered").isEmpty());
        for (ReceivedFrame message : taken.subList(0, 3)) {
            acknowledge(first, message);
        }
        RawClient second = here.subscriber(queue);
        return () -> {
            for (ReceivedFrame message : take(second, 3, 10)) {
                assertThat(message.header("redelivered")).isEqualTo("true");
                acknowledge(second, message);
            }
            Clients.send(here.connect(), "/queue/" + name, "p-10");
            assertThat(take(second, 10, 11).get(0).find("redelivered")).isEmpty();
        };
    }

    private AfterCrash topicsAndUsers() throws Exception {
        RawClient subscriber = here.subscriber("/topic/" + name);
        RawClient ann = Clients.subscribed(here.connectAs("ann"), "/user/queue/alerts");
        Clients.send(there.connect(), "/topic/" + name, "before");
        assertThat(ReceivedFrame.next(subscriber).body()).isEqualTo("before");
        return () -> {
            Clients.send(here.connect(), "/topic/" + name, "after");
            assertThat(ReceivedFrame.next(subscriber).body()).isEqualTo("after");
            Nodes.act(survivor, "tell-user", "alone");
            assertThat(ReceivedFrame.next(ann).body()).isEqualTo("alone");
            assertThat(List.of(subscriber, ann)).allMatch(client -> client.isOpen() && client.isIdle());
        };
    }

    private AfterCrash durable() throws Exception {
        String topic = "/topic/" + name + "/durable";
        String subscription = topic + "\ndurable:true\nname:n\nack:client-individual";
        RawClient first = Clients.subscribed(there.connect("client-id:c\n"), subscription);
        new LedgerPublisher(here.connect(), "p", topic, 5, new Ledger()).run();
        acknowledge(first, take(first, 0, 5).get(0));
        return () -> {
            RawClient second = here.connect("client-id:c\n");
            second.send("SUBSCRIBE\nid:s\ndestination:" + subscription + "\n\n\0");
            for (ReceivedFrame message : take(second, 1, 5)) {
                assertThat(message.header("redelivered")).isEqualTo("true");
            }
        };
    }

    @Tag("long")
    @Test
    void crash_sessionsOfTheDeadNode_areNoLongerShown() throws Exception {
        there.connectAs("bob");
        here.connectAs("bob");
        awaitSessionsOfBob(2);
        victim.kill();
        awaitSessionsOfBob(1);
        assertThat(sessions(survivor, "all", "").lines().filter(line -> line.startsWith("bob ")))
                .hasSize(1);
    }

    private static void awaitSessionsOfBob(int count) {
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(sessions(survivor, "of-user", "bob").lines()).hasSize(count));
    }

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
}
