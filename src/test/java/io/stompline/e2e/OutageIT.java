package io.stompline.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.e2e.support.Bridge;
import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.e2e.support.StompJs;
import io.stompline.e2e.support.WithSeparateBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A separate broker is away for longer than frames may wait. */
class OutageIT extends WithSeparateBroker {
    private static final int EACH = 10;

    /** Publishes until it is refused, subscribes then, and publishes until it is taken again. */
    private static final String PAGE = """
            import { connect } from 'stompline';
            const client = new Client({ brokerURL: url, connectHeaders: { login: 'user1', passcode: 'user1' } });
            const phases = [];
            const stomp = connect(client, { onState: ({ phase }) => phases.push(phase) });
            const pause = () => new Promise((done) => setTimeout(done, 100));
            let refused;
            while (!refused) {
              await stomp.publish('/topic/NAME', 'meanwhile').catch((problem) => { refused = problem; });
              await pause();
            }
            assert.equal(refused.problem, 'message broker unavailable');
            assert.match(refused.details[0], /stompline.broker-timeout/);
            const box = mailbox();
            stomp.subscribe('/topic/NAME-late', box.put);
            while (refused) {
              refused = undefined;
              await stomp.publish('/topic/NAME-late', 'back').catch((problem) => { refused = problem; });
              await pause();
            }
            assert.equal(await box.next(), 'back');
            assert.deepEqual(phases, ['connecting', 'connected']);
            await stomp.close();
            """;

    private final String name = Bridge.freshName();

    @BeforeAll
    static void start() {
        start(demo -> demo.with("stompline.broker-timeout", "2000"));
    }

    @Test
    void outage_longerThanTheLimit_endsNoConnectionOfThoseWhoAskedToBeTold() throws Exception {
        List<RawClient> subscribers = asking();
        List<RawClient> senders = asking();
        RawClient stock = clients.connect();
        broker.kill();
        for (int i = 0; i < EACH; i++) {
            subscribe(subscribers.get(i), destination(i));
            senders.get(i).send(send("/queue/" + name, "refused", "correlation-id:c" + i + "\n"));
        }
        subscribe(stock, "/topic/" + name);
        for (int i = 0; i < EACH; i++) {
            ReceivedFrame told = ReceivedFrame.next(senders.get(i));
            assertThat(told.header("destination")).isEqualTo("/user/queue/errors");
            assertThat(told.header("correlation-id")).isEqualTo("c" + i);
            assertThat(told.body()).startsWith("{\"problem\":\"message broker unavailable\"");
        }
        broker.restart();

        awaitTaken();
        assertThat(stock.next()).isEqualTo("RECEIPT\nreceipt-id:late\n\n");
        for (int i = 0; i < EACH; i++) {
            assertThat(subscribers.get(i).next()).isEqualTo("RECEIPT\nreceipt-id:late\n\n");
            Clients.send(senders.get(i), destination(i), "once");
            Clients.send(senders.get(i), destination(i), "last");
            assertThat(ReceivedFrame.next(subscribers.get(i)).body()).isEqualTo("once");
            assertThat(ReceivedFrame.next(subscribers.get(i)).body()).isEqualTo("last");
        }
        Clients.send(senders.get(0), "/queue/" + name, "taken");
        assertThat(ReceivedFrame.next(clients.subscriber("/queue/" + name)).body())
                .as("what was refused was not taken all the same")
                .isEqualTo("taken");
        assertThat(subscribers).allMatch(RawClient::isIdle);
        clients.assertAllConnected();
    }

    @Test
    void outage_pageWithStomplineJs_isToldAndKeepsItsConnection() throws Exception {
        RawClient watcher = clients.subscriber("/topic/" + name);
        CompletableFuture<String> page = CompletableFuture.supplyAsync(this::runPage);
        assertThat(ReceivedFrame.next(watcher).body()).isEqualTo("meanwhile");
        broker.kill();
        RawClient sender = clients.subscriber("/user/queue/errors");
        sender.send(send("/topic/" + name, "refused", ""));
        assertThat(ReceivedFrame.next(sender).command()).isEqualTo("MESSAGE");
        broker.restart();
        page.get(90, SECONDS);
    }

    @Test
    void outage_ackOfWhatCameBefore_isNotConfirmedAndTheMessageComesAgain() throws Exception {
        RawClient asking = clients.subscriber("/user/queue/errors");
        asking.send("SUBSCRIBE\nid:q\nack:client\ndestination:/queue/" + name + "\n\n\0");
        RawClient sender = clients.connect();
        for (String body : List.of("1", "2")) {
            Clients.send(sender, "/queue/" + name, body);
        }
        String first = ReceivedFrame.next(asking).header("ack");
        String second = ReceivedFrame.next(asking).header("ack");
        broker.kill();
        asking.send(ack(first, "during"));
        assertThat(ReceivedFrame.next(asking).body())
                .startsWith("{\"problem\":\"message broker unavailable\"")
                .contains("ACK id '" + first + "'");
        broker.restart();

        ReceivedFrame again = ReceivedFrame.next(asking);
        assertThat(again.body()).isEqualTo("1");
        assertThat(again.header("redelivered")).isEqualTo("true");
        ReceivedFrame last = ReceivedFrame.next(asking);
        awaitTaken();
        for (String old : List.of(first, second)) {
            asking.send(ack(old, "after"));
            assertThat(ReceivedFrame.next(asking).header("problem")).contains("comes again");
        }
        asking.send(ack(last.header("ack"), "done"));
        assertThat(asking.next()).isEqualTo("RECEIPT\nreceipt-id:done\n\n");
        Clients.send(sender, "/queue/" + name, "3");
        assertThat(ReceivedFrame.next(asking).body()).isEqualTo("3");
        clients.assertAllConnected();
    }

    /**
     * Queues may be heard again before the message broker takes messages; until then it refuses SEND and ACK, and a
     * busy one may do so for longer than frames wait.
     */
    private void awaitTaken() throws InterruptedException {
        RawClient trying = clients.subscriber("/user/queue/errors");
        await().atMost(60, SECONDS).until(() -> {
            trying.send(send("/queue/" + name + "-taken", "the message broker is back", ""));
            return trying.next().equals("RECEIPT\nreceipt-id:r\n\n");
        });
    }

    private static String ack(String id, String receipt) {
        return "ACK\nid:" + id + "\nreceipt:" + receipt + "\n\n\0";
    }

    private String runPage() {
        try {
            return StompJs.run(server, "1.2", PAGE.replace("NAME", name));
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private List<RawClient> asking() throws InterruptedException {
        List<RawClient> asking = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            asking.add(clients.subscriber("/user/queue/errors"));
        }
        return asking;
    }

    /** Of topics and queues in turn. */
    private String destination(int number) {
        return (number % 2 == 0 ? "/topic/" : "/queue/") + name + "-" + number;
    }

    private static void subscribe(RawClient client, String destination) {
        client.send("SUBSCRIBE\nid:late\ndestination:" + destination + "\nreceipt:late\n\n\0");
    }

    private static String send(String destination, String body, String headers) {
        return "SEND\ndestination:" + destination + "\nreceipt:r\n" + headers + "\n" + body + "\0";
    }
}
