package io.stompline.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.config.JmsSettings;
import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.metrics.Meter;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Delivery;
import io.stompline.routing.Destination;
import io.stompline.routing.Feed;
import io.stompline.routing.Message;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(EmbeddedBroker.Mode.class)
class JmsBusFeedTest extends BusTest {
    @Test
    void close_unacknowledged_comesAgainInOrderAndMarked() {
        publish(4);
        BlockingQueue<Delivery> first = new Receiver<>();
        Feed feed = open(acknowledged(queue), first);
        List<Delivery> deliveries = take(first, 4);
        deliveries.get(2).acknowledge();
        deliveries.get(0).acknowledge();
        feed.close();
        BlockingQueue<Delivery> second = open(acknowledged(queue));
        assertThat(take(second, 2)).extracting(BusTest::shown).containsExactly("m1 again", "m3 again");
    }

    @Test
    void close_notYetDelivered_comesWithoutAMark() {
        publish(100);
        BlockingQueue<Delivery> first = new Receiver<>();
        CountDownLatch closing = new CountDownLatch(1);
        Feed feed = bus.open(acknowledged(queue), delivery -> {
            first.add(delivery);
            awaitQuietly(closing);
        });
        take(first, 1);
        Thread closer = new Thread(feed::close);
        closer.start();
        await().until(() -> closer.getState() == Thread.State.WAITING);
        closing.countDown();
        join(closer);
        List<Delivery> again = take(open(automatic(queue)), 100);
        assertThat(again).extracting(delivery -> body(delivery.message())).isEqualTo(numbered(0, 100));
        assertThat(shown(again.get(0))).isEqualTo("m0 again");
        // What was between the client's buffer and the receiver may bear the mark too.
        assertThat(again.subList(20, 100)).noneMatch(delivery -> shown(delivery).endsWith("again"));
    }

    @Test
    void ack_whileTheReceiverBlocks_isCarriedOut() throws JMSException {
        publish(2);
        BlockingQueue<Delivery> received = new Receiver<>();
        CountDownLatch room = new CountDownLatch(1);
        Feed feed = bus.open(acknowledged(queue), delivery -> {
            received.add(delivery);
            awaitQuietly(room);
        });
        take(received, 1).get(0).acknowledge();
        assertThat(received).isEmpty();
        room.countDown();
        take(received, 1).get(0).acknowledge();
        feed.close();
        assertEmpty(name);
    }

    @Test
    void prefetch_feedHeldBack_leavesOtherConsumersTheirShare() {
        publish(100);
        BlockingQueue<Delivery> slow = new Receiver<>();
        CountDownLatch room = new CountDownLatch(1);
        bus.open(acknowledged(queue), delivery -> {
            slow.add(delivery);
            awaitQuietly(room);
        });
        take(slow, 1);
        assertThat(take(open(automatic(queue)), 80)).hasSize(80);
        room.countDown();
    }

    @Test
    void ack_modeAuto_precedesTheNextDelivery() {
        publish(3);
        BlockingQueue<Delivery> received = new Receiver<>();
        Feed feed = open(automatic(queue), received);
        take(received, 3);
        feed.close();
        bus.publish(text(queue, "end"));
        assertThat(next(open(acknowledged(queue)))).isIn("m2 again", "end");
    }

    @Test
    void settle_twice_countsOnce() {
        publish(1);
        BlockingQueue<Delivery> received = open(acknowledged(queue));
        Delivery delivery = take(received, 1).get(0);
        delivery.acknowledge();
        delivery.reject(true, "too late");
        delivery.acknowledge();
        bus.publish(text(queue, "next"));
        assertThat(next(received)).isEqualTo("next");
    }

    @Test
    void settle_afterClose_doesNothing() {
        publish(1);
        BlockingQueue<Delivery> received = new Receiver<>();
        Feed feed = open(acknowledged(queue), received);
        Delivery stale = take(received, 1).get(0);
        feed.close();
        stale.acknowledge();
        assertThat(next(open(acknowledged(queue)))).isEqualTo("m0 again");
    }

    @Test
    void reject_requeue_redeliversAllFields() {
        bus.publish(Message.of(
                queue,
                Headers.of("priority", "6", "correlation-id", "c", "type", "t", "x-id", "1", "content-type", "text/a"),
                Body.utf8("body"),
                "session-1"));
        BlockingQueue<Delivery> received = open(acknowledged(queue));
        Delivery first = take(received, 1).get(0);
        first.reject(true, "not now");
        Message again = take(received, 1).get(0).message();
        assertThat(body(again)).isEqualTo("body");
        assertThat(again.origin()).isEqualTo("session-1");
        assertThat(again.headers().first("redelivered")).contains("true");
        for (String header : List.of("priority", "correlation-id", "type", "x-id", "content-type", "persistent")) {
            assertThat(again.headers().first(header))
                    .as(header)
                    .isEqualTo(first.message().headers().first(header));
        }
    }

    /** The first retry comes at once. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void reject_secondTime_comesAgainAfterAPauseAndOthersMeanwhile(boolean ofQueue) {
        Destination destination = ofQueue ? queue : topic;
        BlockingQueue<Delivery> received = open(ofQueue ? acknowledged(queue) : durable(topic, name));
        bus.publish(text(destination, "refused"));
        take(received, 1).get(0).reject(true, "not now");
        Delivery again = take(received, 1).get(0);
        long start = System.nanoTime();
        again.reject(true, "not yet");
        bus.publish(text(destination, "other"));
        assertThat(next(received)).isEqualTo("other");
        assertThat(next(received)).isEqualTo("refused again");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(EmbeddedBroker.REDELIVERY_DELAY);
    }

    @Test
    void reject_tooOften_goesToTheDeadMessages() throws JMSException {
        bus.publish(text(queue, "poison"));
        BlockingQueue<Delivery> received = open(acknowledged(queue));
        for (int i = 0; i < 3; i++) {
            take(received, 1).get(0).reject(true, "cannot use it");
        }
        TextMessage dead = (TextMessage) receive(deadLetters);
        assertThat(dead.getText()).isEqualTo("poison");
        assertThat(dead.getStringProperty("stompline_dead_reason")).isEqualTo("cannot use it");
        assertThat(dead.getStringProperty("stompline_dead_destination")).isEqualTo(queue.text());
        assertThat(dead.getIntProperty("stompline_dead_deliveries")).isEqualTo(3);
        assertThat(count(Meter.JMS_DEAD_MESSAGES)).isEqualTo(1);
        assertThat(received).isEmpty();
    }

    @Test
    void close_laterMessageAcknowledged_earlierComeAgainMarked() {
        publish(3);
        BlockingQueue<Delivery> received = new Receiver<>();
        Feed feed = open(acknowledged(queue), received);
        take(received, 3).get(2).acknowledge();
        feed.close();
        assertThat(take(open(acknowledged(queue)), 2))
                .extracting(BusTest::shown)
                .containsExactly("m0 again", "m1 again");
    }

    @Test
    void reject_deliveriesToClosedFeeds_areCounted() throws JMSException {
        bus.publish(text(queue, "unlucky"));
        for (int i = 0; i < 2; i++) {
            BlockingQueue<Delivery> received = new Receiver<>();
            Feed feed = open(acknowledged(queue), received);
            take(received, 1);
            feed.close();
        }
        take(open(acknowledged(queue)), 1).get(0).reject(true, "third time");
        assertThat(receive(deadLetters).getIntProperty("stompline_dead_deliveries"))
                .isEqualTo(3);
    }

    @Test
    void reject_withoutRequeue_goesToTheDeadMessagesAtOnce() throws JMSException {
        publish(1);
        take(open(acknowledged(queue)), 1).get(0).reject(false, "never");
        assertThat(((TextMessage) receive(deadLetters)).getText()).isEqualTo("m0");
    }

    @Test
    void deadMessage_header_saysWhy() {
        publish(1);
        take(open(acknowledged(queue)), 1).get(0).reject(false, "never");
        BlockingQueue<Delivery> dead = new Receiver<>();
        JmsSettings ofAnother = EmbeddedBroker.running().settings(mode, "another");
        try (JmsBus another = new JmsBus(provider, ofAnother, metrics, Thread::new)) {
            another.open(automatic(Destination.queue("dead/" + name)), dead::add);
            assertThat(take(dead, 1).get(0).message().headers().first("stompline_dead_reason"))
                    .contains("never");
        }
    }

    @Test
    void deadMessage_queueUnderAnyName_isOutOfReach() {
        Destination dead = Destination.queue("dead/" + name);
        assertThat(bus.isReserved(dead)).isTrue();
        assertRefused(Reason.REFUSED, () -> open(automatic(dead)));
        assertRefused(Reason.REFUSED, () -> bus.publish(text(dead, "x")));
    }

    @Test
    void objectMessage_ofAQueue_goesToTheDeadMessagesUnseen() throws JMSException {
        var producer = application.createProducer(application.createQueue(name));
        producer.send(application.createObjectMessage("secret"));
        producer.send(application.createTextMessage("harmless"));
        assertThat(next(open(acknowledged(queue)))).isEqualTo("harmless");
        assertThat(receive(deadLetters).getStringProperty("stompline_dead_destination"))
                .isEqualTo(queue.text());
        assertThat(count(Meter.JMS_OBJECT_MESSAGES_REFUSED)).isEqualTo(1);
    }

    @Test
    void receiver_thatFails_rejectsTheDelivery() {
        publish(1);
        BlockingQueue<Delivery> received = new Receiver<>();
        bus.open(acknowledged(queue), delivery -> {
            received.add(delivery);
            if (received.size() == 1) {
                throw new IllegalStateException("the receiver is broken");
            }
        });
        await().untilAsserted(() -> assertThat(received).hasSize(2));
        assertThat(received).extracting(BusTest::shown).containsExactly("m0", "m0 again");
    }

    @Test
    void selector_matching_isDelivered() {
        BlockingQueue<Delivery> red = open(selected(topic, "colour = 'red'"));
        bus.publish(text(topic, "blue", "colour", "blue"));
        bus.publish(text(topic, "red", "colour", "red"));
        assertThat(next(red)).isEqualTo("red");
    }

    @Test
    void selector_malformed_isRefused() {
        for (String selector : List.of(
                "colour =", "a = 1) OR (b = 2", "JMSXUserID = 'x'", "(".repeat(400) + "a=1" + ")".repeat(400))) {
            assertRefused(Reason.BAD_SELECTOR, () -> bus.open(selected(queue, selector), delivery -> {}));
        }
        assertThat(bus.isAvailable()).isTrue();
    }

    @Test
    void noLocal_topic_leavesOutOwnMessages() {
        BlockingQueue<Delivery> received = open(without(topic, "it's me"));
        bus.publish(Message.of(topic, Headers.none(), Body.utf8("mine"), "it's me"));
        bus.publish(Message.of(topic, Headers.none(), Body.utf8("other"), "other"));
        bus.publish(text(topic, "unknown"));
        assertThat(take(received, 2)).extracting(BusTest::shown).containsExactly("other", "unknown");
    }

    @Test
    void noLocal_queue_leavesOwnMessagesToOthers() {
        BlockingQueue<Delivery> received =
                open(request(queue, true, "colour = 'red' OR colour = 'blue'", "", "it's me"));
        bus.publish(Message.of(queue, Headers.of("colour", "red"), Body.utf8("mine"), "it's me"));
        bus.publish(Message.of(queue, Headers.of("colour", "blue"), Body.utf8("other"), "other"));
        assertThat(next(received)).isEqualTo("other");
        assertThat(next(open(acknowledged(queue)))).isEqualTo("mine");
    }

    @Test
    void durable_closed_keepsMessages() {
        open(durable(topic, name), new Receiver<>()).close();
        bus.publish(text(topic, "kept", "persistent", "true"));
        BlockingQueue<Delivery> received = new Receiver<>();
        Feed feed = open(durable(topic, name), received);
        assertThat(next(received)).isEqualTo("kept");
        feed.close();
        assertThat(next(open(durable(topic, name)))).isEqualTo("kept again");
    }

    @Test
    void durable_noLocalOfAnotherSession_keepsMessages() {
        open(request(topic, true, "", name, "session-1"), new Receiver<>()).close();
        bus.publish(text(topic, "kept"));
        assertThat(next(open(request(topic, true, "", name, "session-2")))).isEqualTo("kept");
    }

    @Test
    void durable_closeAndForget_deletesTheSubscription() {
        open(durable(topic, name), new Receiver<>()).closeAndForget();
        bus.publish(text(topic, "lost"));
        BlockingQueue<Delivery> received = open(durable(topic, name));
        bus.publish(text(topic, "next"));
        assertThat(next(received)).isEqualTo("next");
    }

    @Test
    void durable_secondConsumer_isRefused() {
        Feed feed = open(durable(topic, name), new Receiver<>());
        assertRefused(Reason.IN_USE, () -> bus.open(durable(topic, name), delivery -> {}));
        feed.close();
        open(durable(topic, name), new Receiver<>()).close();
    }

    @Test
    void durable_rejectedMessage_comesAgainToThatSubscriptionOnly() throws JMSException {
        BlockingQueue<Delivery> rejecting = open(durable(topic, name));
        BlockingQueue<Delivery> other = open(durable(topic, name + "b"));
        bus.publish(text(topic, "poison"));
        Delivery first = take(rejecting, 1).get(0);
        assertThat(shown(first)).isEqualTo("poison");
        first.reject(true, "no");
        for (int i = 0; i < 2; i++) {
            Delivery again = take(rejecting, 1).get(0);
            assertThat(shown(again)).isEqualTo("poison again");
            again.reject(true, "no");
        }
        assertThat(receive(deadLetters).getIntProperty("stompline_dead_deliveries"))
                .isEqualTo(3);
        assertThat(next(other)).isEqualTo("poison");
        assertThat(other).isEmpty();
    }

    @Test
    void close_inItsOwnReceiver_returns() {
        publish(1);
        Feed[] feed = new Feed[1];
        CountDownLatch opened = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        feed[0] = bus.open(acknowledged(queue), delivery -> {
            awaitQuietly(opened);
            feed[0].close();
            closed.countDown();
        });
        opened.countDown();
        awaitQuietly(closed);
        assertThat(next(open(acknowledged(queue)))).isEqualTo("m0 again");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
