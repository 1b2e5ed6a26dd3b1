package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.e2e.support.Bridge;
import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.e2e.support.WithSeparateBroker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Clients that come late or come back ({@code stompline.history}, {@code stompline.last-value}), and clients that read
 * slowly ({@code stompline.slow}).
 */
class ContinuityIT extends WithSeparateBroker {
    private static final int CYCLES = 300;

    /** Messages that the publisher may be ahead of the client. */
    private static final int AHEAD = 300;

    private final String topic = "/topic/kept/" + Bridge.freshName();

    @BeforeAll
    static void start() {
        start(demo -> demo.with("stompline.history", "/topic/kept/** 5000 10m, /user/** 20 10m")
                .with("stompline.last-value", "/topic/last/**, /topic/cells/** key=cell")
                .with("stompline.slow", "/topic/slow/log/** oldest 50, /topic/slow/prices/** latest")
                // However slow the machine is
                .with("stompline.outbox.stall-timeout", "PT5M"));
    }

    @Test
    void history_eachBeginning_showsItsMessages() throws Exception {
        RawClient publisher = clients.connect();
        for (String body : List.of("1", "2", "3")) {
            Clients.send(publisher, topic, body);
        }
        assertThat(bodies(subscribe("first"), 3)).containsExactly("1", "2", "3");
        assertThat(bodies(subscribe("last"), 1)).containsExactly("3");
        assertThat(bodies(subscribe("last=2"), 2)).containsExactly("2", "3");
        assertThat(bodies(subscribe("timestamp=1"), 3)).containsExactly("1", "2", "3");
        RawClient next = subscribe("next");
        Clients.send(publisher, topic, "4");
        ReceivedFrame live = ReceivedFrame.next(next);
        assertThat(live.body()).isEqualTo("4");
        assertThat(live.find("x-replayed")).isEmpty();
        assertThat(live.find("x-stream-offset")).isPresent();
    }

    @Test
    void history_userDestination_isTheUsersOwn() throws Exception {
        RawClient first = clients.connectAs("user2");
        first.send("SUBSCRIBE\nid:s\ndestination:/user/queue/notices\nreceipt:r\n\n\0");
        String position = ReceivedFrame.next(first).header("x-stream-offset");
        RawClient sender = clients.connect();
        Clients.send(sender, "/app/notices\ncontent-type:application/json", "{\"to\":\"user2\",\"text\":\"hello\"}");
        ReceivedFrame live = ReceivedFrame.next(first);
        RawClient again = clients.connectAs("user2");
        again.send("SUBSCRIBE\nid:s\ndestination:/user/queue/notices\nx-stream-offset:after=" + position
                + "\nreceipt:r\n\n\0");
        assertThat(ReceivedFrame.next(again).header("x-recovered")).isEqualTo("true");
        ReceivedFrame replayed = ReceivedFrame.next(again);
        assertThat(replayed.body()).isEqualTo(live.body());
        assertThat(replayed.header("destination")).isEqualTo("/user/queue/notices");
        RawClient other = clients.connect();
        other.send("SUBSCRIBE\nid:s\ndestination:/user/queue/notices\nx-stream-offset:first\nreceipt:r\n\n\0");
        assertThat(ReceivedFrame.next(other).header("x-replayed")).isEqualTo("0");
    }

    /** Whoever leaves and comes back while others publish as fast as they can gets each message once, in order. */
    @Test
    void resume_whileMessagesComeAtFullRate_missesAndDoublesNothing() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Semaphore ahead = new Semaphore(AHEAD);
        CompletableFuture<Integer> publishing = CompletableFuture.supplyAsync(() -> publishUntil(over, ahead));
        RawClient client = clients.connect();
        String position = subscribeHere(client, "first").header("x-stream-offset");
        int expected = 0;
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            for (int i = 0; i < 20; i++) {
                ReceivedFrame message = ReceivedFrame.next(client);
                assertThat(message.body()).isEqualTo(Integer.toString(expected));
                position = message.header("x-stream-offset");
                expected++;
                ahead.release();
            }
            if (cycle % 10 == 0) {
                client.close();
                client = clients.connect();
            } else {
                client = left(client);
            }
            ReceivedFrame receipt = subscribeHere(client, "after=" + position);
            assertThat(receipt.header("x-recovered")).isEqualTo("true");
        }
        over.set(true);
        ahead.release();
        int published = publishing.join();
        for (; expected < published; expected++) {
            assertThat(ReceivedFrame.next(client).body()).isEqualTo(Integer.toString(expected));
        }
    }

    @Test
    void resume_afterTheBrokerWasAway_isNotRecoveredAndLiveSubscribersAreTold() throws Exception {
        RawClient live = clients.connect();
        subscribeHere(live, "next");
        RawClient publisher = clients.connect();
        Clients.send(publisher, topic, "before");
        String position = ReceivedFrame.next(live).header("x-stream-offset");
        broker.kill();
        broker.restart();
        Clients.send(publisher, topic, "after");
        ReceivedFrame told = ReceivedFrame.next(live);
        assertThat(told.body()).isEqualTo("after");
        assertThat(told.header("x-dropped")).isEqualTo("unknown");
        RawClient again = clients.connect();
        ReceivedFrame receipt = subscribeHere(again, "after=" + position);
        assertThat(receipt.header("x-recovered")).isEqualTo("false");
        RawClient later = clients.connect();
        subscribeHere(later, "after=" + told.header("x-stream-offset"));
        Clients.send(publisher, topic, "last");
        assertThat(ReceivedFrame.next(later).body()).isEqualTo("last");
    }

    @Test
    void lastValue_newcomer_getsItUntilItIsDeletedOrEnds() throws Exception {
        String price = "/topic/last/" + Bridge.freshName();
        RawClient live = clients.connect();
        assertThat(subscribe(live, price, "x-replayed")).isEqualTo("0");
        RawClient publisher = clients.connect();
        for (String body : List.of("1", "2")) {
            Clients.send(publisher, price, body);
            assertThat(ReceivedFrame.next(live).body()).isEqualTo(body);
        }
        RawClient page = clients.connect();
        assertThat(subscribe(page, price, "x-replayed")).isEqualTo("1");
        assertThat(bodies(page, 1)).containsExactly("2");
        String position = subscribe(clients.connect(), price + "\nx-stream-offset:next", "x-stream-offset");
        Clients.send(publisher, price, "");
        assertThat(ReceivedFrame.next(live).body()).isEmpty();
        assertThat(subscribe(clients.connect(), price, "x-replayed")).isEqualTo("0");
        RawClient back = clients.connect();
        assertThat(subscribe(back, price + "\nx-stream-offset:after=" + position, "x-recovered"))
                .isEqualTo("true");
        assertThat(bodies(back, 1)).containsExactly("");
        Clients.send(publisher, price + "\nexpires:" + (System.currentTimeMillis() + 3_000), "short");
        assertThat(ReceivedFrame.next(live).body()).isEqualTo("short");
        await().until(() -> subscribe(clients.connect(), price, "x-replayed").equals("0"));
    }

    /** A page opens that has not read for a while, and other pages change what it has not yet got. */
    @Test
    void lastValue_tenThousandKeysOfAPattern_comeInSlicesBeforeTheLiveStream() throws Exception {
        String cells = "/topic/cells/" + Bridge.freshName() + "/";
        RawClient live = clients.connect();
        subscribe(live, cells + "*", "x-replayed");
        RawClient publisher = clients.connect();
        String filler = "x".repeat(300);
        int keys = 10_000;
        for (int i = 0; i < keys; i++) {
            publisher.send("SEND\ndestination:" + cells + i % 20 + "\ncell:" + i + "\n\n" + i + " " + filler + "\0");
            readBehind(live, i);
        }
        RawClient page = clients.connect();
        assertThat(subscribe(page, cells + "*", "x-replayed")).isEqualTo(Integer.toString(keys));
        page.stopReading();
        int changes = 3_000;
        for (int i = keys; i < keys + changes; i++) {
            int cell = i * 7 % keys;
            publisher.send("SEND\ndestination:" + cells + cell % 20 + "\ncell:" + cell + "\n\n" + i + " \0");
            readBehind(live, i);
        }
        page.readOn();
        Map<String, Integer> shown = new HashMap<>();
        int replayed = 0;
        for (int i = 0; i < keys + changes; i++) {
            ReceivedFrame message = ReceivedFrame.next(page);
            Integer before = shown.put(message.header("cell"), number(message));
            assertThat(before == null || before < number(message)).isTrue();
            replayed += message.find("x-replayed").isPresent() ? 1 : 0;
        }
        assertThat(replayed).isEqualTo(keys);
        assertThat(shown).hasSize(keys);
        for (int i = keys; i < keys + changes; i++) {
            assertThat(shown).containsEntry(Integer.toString(i * 7 % keys), i);
        }
    }

    /** Reads a hundred messages at a time, the last of which has that number. */
    private static void readBehind(RawClient live, int last) throws InterruptedException {
        for (int i = last - 99; last % 100 == 99 && i <= last; i++) {
            assertThat(number(ReceivedFrame.next(live))).isEqualTo(i);
        }
    }

    /** The value of a header of the receipt. */
    private static String subscribe(RawClient client, String destination, String header) throws InterruptedException {
        client.send("SUBSCRIBE\nid:s\ndestination:" + destination + "\nreceipt:s\n\n\0");
        return ReceivedFrame.next(client).header(header);
    }

    /** While it does not read, what is more than the socket holds is dropped; the sum is what was sent. */
    @Test
    void slow_oldest_isToldHowManyAreMissing() throws Exception {
        String log = "/topic/slow/log/" + Bridge.freshName();
        RawClient slow = clients.subscriber(log);
        RawClient neighbour = clients.subscriber(log);
        RawClient publisher = clients.connect();
        slow.stopReading();
        String filler = "x".repeat(8_000);
        int sent = 1_500;
        for (int i = 0; i < sent; i++) {
            publisher.send("SEND\ndestination:" + log + "\n\n" + i + " " + filler + "\0");
            assertThat(number(ReceivedFrame.next(neighbour))).isEqualTo(i);
        }
        slow.readOn();
        int received = 0;
        int missing = 0;
        for (int last = -1; last < sent - 1; received++) {
            ReceivedFrame message = ReceivedFrame.next(slow);
            int here = message.find("x-dropped").map(Integer::valueOf).orElse(0);
            missing += here;
            assertThat(number(message)).isEqualTo(last + 1 + here);
            last = number(message);
        }
        assertThat(missing).isPositive();
        assertThat(received + missing).isEqualTo(sent);
    }

    @Test
    void slow_latest_hasTheNewestOfEachTopic() throws Exception {
        String prices = "/topic/slow/prices/" + Bridge.freshName() + "/";
        RawClient slow = clients.subscriber(prices + "*");
        RawClient publisher = clients.connect();
        slow.stopReading();
        String filler = "x".repeat(8_000);
        int sent = 1_500;
        for (int i = 0; i < sent; i++) {
            publisher.send("SEND\ndestination:" + prices + i % 5 + "\n\n" + i + " " + filler + "\0");
        }
        Clients.send(publisher, prices + "end", "all before is there");
        slow.readOn();
        Map<String, Integer> newest = new HashMap<>();
        for (ReceivedFrame message = ReceivedFrame.next(slow);
                !message.header("destination").endsWith("/end");
                message = ReceivedFrame.next(slow)) {
            Integer before = newest.put(message.header("destination"), number(message));
            assertThat(before == null || before < number(message)).isTrue();
        }
        assertThat(newest.values()).containsExactlyInAnyOrder(1_495, 1_496, 1_497, 1_498, 1_499);
    }

    private static int number(ReceivedFrame message) {
        return Integer.parseInt(message.body().substring(0, message.body().indexOf(' ')));
    }

    private RawClient subscribe(String offset) throws InterruptedException {
        RawClient client = clients.connect();
        subscribeHere(client, offset);
        return client;
    }

    private ReceivedFrame subscribeHere(RawClient client, String offset) throws InterruptedException {
        client.send("SUBSCRIBE\nid:s\ndestination:" + topic + "\nx-stream-offset:" + offset + "\nreceipt:s\n\n\0");
        ReceivedFrame receipt = ReceivedFrame.next(client);
        assertThat(receipt.command()).isEqualTo("RECEIPT");
        return receipt;
    }

    /** What comes until the receipt is dropped: the client comes back behind the last message that it counted. */
    private static RawClient left(RawClient client) throws InterruptedException {
        client.send("UNSUBSCRIBE\nid:s\nreceipt:u\n\n\0");
        while (!ReceivedFrame.next(client).command().equals("RECEIPT")) {
            // A message that came before.
        }
        return client;
    }

    private static List<String> bodies(RawClient client, int count) throws InterruptedException {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ReceivedFrame message = ReceivedFrame.next(client);
            assertThat(message.header("x-replayed")).isEqualTo("true");
            bodies.add(message.body());
        }
        return bodies;
    }

    /** Publishes numbers while there are permits; gives how many. */
    private int publishUntil(AtomicBoolean over, Semaphore ahead) {
        try {
            RawClient publisher = clients.connect();
            int count = 0;
            for (ahead.acquire(); !over.get(); ahead.acquire()) {
                publisher.send("SEND\ndestination:" + topic + "\n\n" + count + "\0");
                count++;
            }
            Clients.send(publisher, topic + "/end", "all before is there");
            return count;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
