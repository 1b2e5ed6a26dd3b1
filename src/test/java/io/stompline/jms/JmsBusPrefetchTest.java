package io.stompline.jms;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.config.JmsSettings;
import io.stompline.jms.provider.OpenMqProvider;
import io.stompline.metrics.Metrics;
import io.stompline.routing.Delivery;
import io.stompline.routing.Destination;
import io.stompline.routing.Feed;
import io.stompline.routing.FeedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How many messages a feed holds while its receiver settles nothing, and that all the others reach other consumers. */
@ParameterizedClass
@EnumSource(EmbeddedBroker.Mode.class)
class JmsBusPrefetchTest extends BusTest {
    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "5, 0", "12, 2", "100, 15"})
    void prefetch_consumerThatStalls_leavesTheRestToAnother(int prefetch, int fetchedAhead) {
        int count = 2 * prefetch + 60;
        try (JmsBus own = bus(prefetch)) {
            BlockingQueue<Delivery> stalled = new Receiver<>();
            Feed feed = own.open(request(prefetch, true), stalled::add);
            publish(count);
            List<Delivery> held = take(stalled, prefetch);
            BlockingQueue<Delivery> other = new Receiver<>();
            own.open(request(prefetch, false), other::add);
            // OpenMQ's client asks for more when half of its buffer is gone, and now and then holds a little more than
            // the limit.
            int fetchedAtMost = 2 * fetchedAhead;
            take(other, count - prefetch - fetchedAtMost);
            assertThat(stalled).isEmpty();
            assertThat(held).extracting(BusTest::shown).isEqualTo(numbered(0, prefetch));

            feed.close();
            take(other, prefetch + fetchedAtMost);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "5, 1", "12, 6", "100, 32"})
    void prefetch_receiverThatBlocks_holdsWhatTheClientBuffers(int prefetch, int bufferedAtMost) {
        int count = 80;
        CountDownLatch room = new CountDownLatch(1);
        try (JmsBus own = bus(prefetch)) {
            publish(count);
            BlockingQueue<Delivery> slow = new Receiver<>();
            own.open(request(prefetch, true), delivery -> {
                slow.add(delivery);
                awaitQuietly(room);
            });
            take(slow, 1);
            BlockingQueue<Delivery> other = new Receiver<>();
            own.open(request(prefetch, false), other::add);
            take(other, count - bufferedAtMost);
            room.countDown();
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "5"})
    void prefetch_eachSettlement_bringsTheNext(int prefetch) {
        try (JmsBus own = bus(prefetch)) {
            BlockingQueue<Delivery> received = new Receiver<>();
            own.open(request(prefetch, true), received::add);
            publish(prefetch + 3);
            List<Delivery> held = take(received, prefetch);
            held.get(prefetch - 1).acknowledge();
            Delivery next = take(received, 1).get(0);
            assertThat(shown(next)).isEqualTo("m" + prefetch);
            next.reject(false, "never");
            next = take(received, 1).get(0);
            assertThat(shown(next)).isEqualTo("m" + (prefetch + 1));
            own.commit(List.of(), List.of(next));
            assertThat(next(received)).isEqualTo("m" + (prefetch + 2));
            assertThat(received).isEmpty();
        }
    }

    @Test
    void prefetch_messageOfADurableSubscriptionThatIsTriedAgain_isStillOne() {
        try (JmsBus own = bus(1)) {
            BlockingQueue<Delivery> received = new Receiver<>();
            Destination kept = topic;
            own.open(
                    new FeedRequest(kept, true, Optional.empty(), Optional.of(name), Optional.empty(), 1),
                    received::add);
            numbered(0, 2).forEach(body -> bus.publish(text(kept, body)));
            take(received, 1).get(0).reject(true, "not now");
            Delivery again = take(received, 1).get(0);
            assertThat(shown(again)).isEqualTo("m0 again");
            assertThat(received).isEmpty();
            again.acknowledge();
            assertThat(next(received)).isEqualTo("m1");
        }
    }

    @Test
    void prefetch_connectionThatIsLostWhileTheFeedIsFull_bringsAllAgain() {
        FragileProvider fragile = new FragileProvider(new OpenMqProvider(settings(2)));
        try (JmsBus own = new JmsBus(fragile, settings(2), new Metrics(), Thread::new)) {
            BlockingQueue<Delivery> received = new Receiver<>();
            own.open(request(2, true), received::add);
            publish(3);
            take(received, 2);
            fragile.breakConnections();
            // The message broker may hand out m2 before it notices that the lost connection gives back the others.
            List<Delivery> again = new ArrayList<>(take(received, 2));
            assertThat(received).isEmpty();
            again.forEach(Delivery::acknowledge);
            again.addAll(take(received, 1));
            assertThat(again).extracting(BusTest::shown).containsOnlyOnce("m0 again", "m1 again");
            assertThat(again).extracting(BusTest::shown).anyMatch(text -> text.startsWith("m2"));
        }
    }

    private JmsBus bus(int prefetch) {
        JmsSettings settings = settings(prefetch);
        return new JmsBus(new OpenMqProvider(settings), settings, new Metrics(), Thread::new);
    }

    private JmsSettings settings(int prefetch) {
        return EmbeddedBroker.running().settings(mode, deadLetters, prefetch);
    }

    private FeedRequest request(int prefetch, boolean acknowledged) {
        return new FeedRequest(queue, acknowledged, Optional.empty(), Optional.empty(), Optional.empty(), prefetch);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
