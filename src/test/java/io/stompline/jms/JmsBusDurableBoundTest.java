package io.stompline.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.config.JmsSettings;
import io.stompline.metrics.Meter;
import io.stompline.routing.Delivery;
import io.stompline.routing.Feed;
import io.stompline.routing.FeedRequest;
import io.stompline.routing.Message;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a durable subscription keeps in a broker in this JVM has a bound; the oldest messages above it are lost. */
@ParameterizedClass
@EnumSource(value = EmbeddedBroker.Mode.class, names = "DIRECT")
class JmsBusDurableBoundTest extends BusTest {
    /** Nine messages with such a body, and not ten. */
    private static final int BOUND = 100_000;

    private static final String PADDING = "x".repeat(10_000);
    private static final int COUNT = 30;

    private final String ann = "ann//" + name;

    @Override
    JmsSettings settings() {
        JmsSettings usual = super.settings();
        return new JmsSettings(
                usual.address(),
                usual.connectionFactory(),
                usual.user(),
                usual.passwordFile(),
                usual.publishers(),
                usual.maxBodyBytes(),
                usual.requestTimeout(),
                usual.reconnectMin(),
                usual.reconnectMax(),
                usual.maxDeliveries(),
                usual.redeliveryDelay(),
                usual.prefetch(),
                BOUND,
                usual.deadMessageQueue());
    }

    @Test
    void bound_clientAway_keepsTheNewest() {
        leave(durable(topic, ann));
        publishLarge(COUNT);
        await().until(() -> bus.store().bytesIn(topic).orElseThrow() <= BOUND);
        int lost = (int) count(Meter.JMS_DURABLE_MESSAGES_LOST);
        assertThat(COUNT - lost).isBetween(6, 9);
        assertThat(consumeAll(durable(topic, ann), "any")).isEqualTo(numbered(lost, COUNT));
    }

    @Test
    void bound_ofOneSubscription_costsOthersNothing() throws JMSException {
        leave(durable(topic, ann));
        FeedRequest selective = request(topic, true, "number = 'first'", "bob//" + name, "");
        leave(selective);
        BlockingQueue<Message> live = new Receiver<>();
        bus.openTopic(topic, live::add);
        try (MessageConsumer beside =
                application.createSharedDurableConsumer(application.createTopic(name), "application" + name)) {
            bus.publish(text(topic, "few", "number", "first"));
            publishLarge(COUNT);
            await().until(() -> COUNT + 1 - count(Meter.JMS_DURABLE_MESSAGES_LOST) <= 9);
            assertThat(take(live, COUNT + 1))
                    .extracting(JmsBusDurableBoundTest::number)
                    .endsWith(numbered(0, COUNT).toArray(String[]::new));
            assertThat(consumeAll(selective, "first")).containsExactly("few");
            for (int i = 0; i < COUNT + 1; i++) {
                assertThat(beside.receive(5_000)).isInstanceOf(TextMessage.class);
            }
        }
        application.unsubscribe("application" + name);
    }

    /** Each within its bound, with messages of its own. */
    @ParameterizedTest
    @CsvSource({"5, 30, 10000", "25, 300, 1000"})
    void bound_ofATopic_isTwiceThatOfASubscription(int subscriptions, int messages, int octets) {
        for (int i = 0; i < subscriptions; i++) {
            leave(ofNumber(i));
        }
        for (int i = 0; i < messages; i++) {
            String number = Integer.toString(i % subscriptions);
            bus.publish(text(topic, "m" + i + " " + "x".repeat(octets), "number", number));
        }
        await().until(() -> bus.store().bytesIn(topic).orElseThrow() <= 2 * BOUND);
        for (int i = 0; i < subscriptions; i++) {
            assertThat(consumeAll(ofNumber(i), Integer.toString(i))).endsWith("m" + (messages - subscriptions + i));
        }
    }

    @Test
    void bound_clientThatAcknowledgesNothing_losesWhatItDoesNotHold() {
        BlockingQueue<Delivery> received = new Receiver<>();
        Feed feed = bus.open(durable(topic, ann), received::add);
        publishLarge(100);
        List<Delivery> held = take(received, 10);
        await().until(() -> count(Meter.JMS_DURABLE_MESSAGES_LOST) > 0);
        held.forEach(Delivery::acknowledge);
        List<String> later = new ArrayList<>();
        while (!later.contains("m99")) {
            Delivery delivery = take(received, 1).get(0);
            later.add(number(delivery.message()));
            delivery.acknowledge();
        }
        assertThat(held.stream().map(delivery -> number(delivery.message())).toList())
                .isEqualTo(numbered(0, 10));
        assertThat(later).isSubsetOf(numbered(10, 100)).doesNotHaveDuplicates().hasSizeLessThan(90);
        feed.closeAndForget();
    }

    /** What is held cannot be removed, so that whoever holds it has to go; with several subscriptions, from each. */
    @Test
    void bound_userWhoHoldsMostOfATopic_hasToEndAndOthersStay() {
        Overflowing bob = new Overflowing();
        Feed feedOfBob = bus.open(request(topic, true, "number = '0'", "bob//" + name, ""), bob);
        List<Overflowing> ann = new ArrayList<>();
        List<Feed> feeds = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Overflowing receiver = new Overflowing();
            ann.add(receiver);
            feeds.add(bus.open(ofNumber(i), receiver));
        }
        for (int i = 0; i < 50; i++) {
            bus.publish(text(topic, "m" + i + " " + PADDING, "number", Integer.toString(i % 5)));
        }
        await().until(() -> ann.stream().allMatch(Overflowing::isTold));
        assertThat(bob.isTold()).isFalse();
        feeds.forEach(Feed::close);
        await().until(() -> bus.store().bytesIn(topic).orElseThrow() <= 2 * BOUND);

        feedOfBob.closeAndForget();
        for (int i = 0; i < 5; i++) {
            assertThat(consumeAll(ofNumber(i), Integer.toString(i)))
                    .isNotEmpty()
                    .endsWith("m" + (45 + i));
        }
    }

    /** Acknowledges nothing, and notes that it has to end. */
    private static final class Overflowing implements io.stompline.routing.Receiver<Delivery> {
        private final AtomicBoolean told = new AtomicBoolean();

        @Override
        public void accept(Delivery next) {
            // It stays open.
        }

        @Override
        public void overflowed(String detail) {
            told.set(true);
        }

        boolean isTold() {
            return told.get();
        }
    }

    private FeedRequest ofNumber(int number) {
        return request(topic, true, "number = '" + number + "'", "ann//" + number + name, "");
    }

    private void leave(FeedRequest request) {
        open(request, new Receiver<>()).close();
    }

    private void publishLarge(int count) {
        numbered(0, count).forEach(number -> bus.publish(text(topic, number + " " + PADDING)));
    }

    /**
     * The names of all messages that are left, oldest first. Deletes the subscription.
     *
     * @param number header of a message that the subscription gets
     */
    private List<String> consumeAll(FeedRequest request, String number) {
        BlockingQueue<Delivery> received = new Receiver<>();
        Feed feed = bus.open(request, delivery -> {
            received.add(delivery);
            delivery.acknowledge();
        });
        bus.publish(text(topic, "last", "number", number));
        List<String> names = new ArrayList<>();
        String next = number(take(received, 1).get(0).message());
        while (!next.equals("last")) {
            names.add(next);
            next = number(take(received, 1).get(0).message());
        }
        feed.closeAndForget();
        return names;
    }

    private static String number(Message message) {
        return body(message).replaceFirst(" .*", "");
    }
}
