package io.stompline.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.LogLines;
import io.stompline.config.JmsSettings;
import io.stompline.metrics.Meter;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Delivery;
import io.stompline.routing.Feed;
import io.stompline.routing.FeedReceiver;
import io.stompline.routing.FeedRequest;
import io.stompline.routing.Message;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a durable subscription keeps in a broker in this JVM has a bound, and it stops nobody when it reaches that. */
@ParameterizedClass
@EnumSource(value = EmbeddedBroker.Mode.class, names = "DIRECT")
class JmsBusDurableBoundTest extends BusTest {
    /** Nine messages with such a body, and not ten. */
    private static final int BOUND = 100_000;

    private static final String PADDING = "x".repeat(10_000);
    private static final int COUNT = 30;

    private final String ann = "ann//" + name;

    /** As good as no bound: only a full topic costs subscriptions something. */
    @Override
    JmsSettings settings() {
        return bounded(super.settings(), Integer.MAX_VALUE);
    }

    @Test
    void bound_clientAway_keepsTheNewestAndSaysHowManyAreLost() {
        try (JmsBus strict = strict()) {
            leave(durable(topic, ann));
            publishLarge(COUNT);
            awaitBound();
            int lost = (int) count(Meter.JMS_DURABLE_MESSAGES_LOST);
            List<Delivery> left = consume(strict, durable(topic, ann), COUNT - lost);
            assertThat(bodies(left)).isEqualTo(numbered(lost, COUNT));
            assertThat(left.size()).isBetween(6, 9);
            assertThat(messagesLost(left.get(0))).isEqualTo(Integer.toString(lost));
            assertThat(left.subList(1, left.size()))
                    .noneMatch(delivery -> delivery.message().headers().has("messages-lost"));
        }
    }

    @Test
    void bound_ofOneSubscription_costsOthersNothing() throws JMSException {
        leave(durable(topic, ann));
        FeedRequest selective = request(topic, true, "number = 'first'", "bob//" + name, "");
        leave(selective);
        BlockingQueue<Message> live = new Receiver<>();
        bus.openTopic(topic, live::add);
        try (JmsBus strict = strict();
                MessageConsumer beside = applicationDurable()) {
            bus.publish(text(topic, "few", "number", "first"));
            publishLarge(COUNT);
            awaitBound(COUNT + 1);
            assertThat(take(live, COUNT + 1))
                    .extracting(JmsBusDurableBoundTest::number)
                    .endsWith(numbered(0, COUNT).toArray(String[]::new));
            assertThat(bodies(consume(strict, selective, 1))).containsExactly("few");
            for (int i = 0; i < COUNT + 1; i++) {
                assertThat(beside.receive(5_000)).isInstanceOf(TextMessage.class);
            }
        }
        application.unsubscribe("application" + name);
    }

    @Test
    void bound_clientThatAcknowledgesNothing_losesWhatItDoesNotHold() {
        try (JmsBus strict = strict()) {
            BlockingQueue<Delivery> received = new Receiver<>();
            Feed feed = strict.open(durable(topic, ann), received::add);
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
            assertThat(bodies(held)).isEqualTo(numbered(0, 10));
            assertThat(later).hasSizeLessThan(50).isSubsetOf(numbered(10, 100)).doesNotHaveDuplicates();
            feed.closeAndForget();
        }
    }

    @Test
    void full_topicOfASubscriptionLeftBehind_takesWhatIsPublishedAndLogsOnce() {
        try (LogLines log = new LogLines(DurableBound.class)) {
            leave(durable(topic, ann));
            BlockingQueue<Message> live = new Receiver<>();
            bus.openTopic(topic, live::add);
            int count = 2 * EmbeddedBroker.CAPACITY;
            numbered(0, count).forEach(body -> bus.publish(text(topic, body)));
            assertThat(take(live, count)).extracting(BusTest::body).isEqualTo(numbered(0, count));
            assertThat(log.warnings()).singleElement().asString().contains(ann, "stompline.durable.max-bytes");
            int lost = (int) count(Meter.JMS_DURABLE_MESSAGES_LOST);
            List<Delivery> left = consume(bus, durable(topic, ann), count - lost);
            assertThat(bodies(left)).isEqualTo(numbered(lost, count));
            assertThat(messagesLost(left.get(0))).isEqualTo(Integer.toString(lost));
        }
    }

    @Test
    void full_topicOfASubscriptionLeftBehind_takesATransaction() {
        leave(durable(topic, ann));
        fillTopic();
        bus.commit(List.of(text(topic, "a"), text(topic, "b")), List.of());
        int kept = EmbeddedBroker.CAPACITY + 2 - (int) count(Meter.JMS_DURABLE_MESSAGES_LOST);
        assertThat(bodies(consume(bus, durable(topic, ann), kept))).endsWith("m999", "a", "b");
    }

    @Test
    void full_topicOfAClientThatAcknowledgesNothing_endsItsSubscription() {
        try (JmsBus own = bus(1_000_000)) {
            Holder holder = new Holder();
            Feed feed = own.open(holding(), holder);
            BlockingQueue<Delivery> ofOther = new Receiver<>();
            Feed other = openConsuming(own, durable(topic, "bob//" + name), ofOther);
            publishLarge(EmbeddedBroker.CAPACITY);
            take(holder.received, EmbeddedBroker.CAPACITY);
            assertThat(holder.ended).isEmpty();

            own.publish(text(topic, "more"));
            assertThat(holder.ended)
                    .singleElement()
                    .asString()
                    .contains(topic.text(), "stompline.subscription.max-unacknowledged");
            assertThat(bodies(take(ofOther, EmbeddedBroker.CAPACITY + 1))).endsWith("m999", "more");
            Holder back = new Holder();
            Feed ofBack = own.open(durable(topic, ann), back);
            feed.close();
            Delivery next = take(back.received, 1).get(0);
            assertThat(number(next.message())).isEqualTo("m" + messagesLost(next));
            assertRefused(Reason.IN_USE, () -> own.open(durable(topic, ann), delivery -> {}));
            ofBack.closeAndForget();
            other.closeAndForget();
        }
    }

    @Test
    void full_topicOfClientsThatHoldLittle_endsNone() {
        Holder holder = new Holder();
        Feed feed = bus.open(holding(), holder);
        fillTopic();
        take(holder.received, EmbeddedBroker.CAPACITY);
        assertRefused(Reason.FULL, () -> bus.publish(text(topic, "more")));
        assertThat(holder.ended).isEmpty();
        feed.closeAndForget();
    }

    private FeedRequest holding() {
        return new FeedRequest(topic, true, Optional.empty(), Optional.of(ann), Optional.empty(), 2_000);
    }

    /** Acknowledges nothing. */
    private static final class Holder implements FeedReceiver {
        private final BlockingQueue<Delivery> received = new Receiver<>();
        private final List<String> ended = new CopyOnWriteArrayList<>();

        @Override
        public void accept(Delivery delivery) {
            received.add(delivery);
        }

        @Override
        public void ended(String why) {
            ended.add(why);
        }
    }

    @Test
    void full_topicOfAnApplication_refusesAndCostsOthersNothing() throws JMSException {
        applicationDurable().close();
        leave(durable(topic, ann));
        fillTopic();
        assertRefused(Reason.FULL, () -> bus.publish(text(topic, "too much")));
        assertThat(count(Meter.JMS_DURABLE_MESSAGES_LOST)).isZero();
        BlockingQueue<Delivery> received = new Receiver<>();
        openConsuming(bus, durable(topic, ann), received);
        assertThat(bodies(take(received, EmbeddedBroker.CAPACITY))).isEqualTo(numbered(0, EmbeddedBroker.CAPACITY));
        application.unsubscribe("application" + name);
    }

    private MessageConsumer applicationDurable() throws JMSException {
        return application.createSharedDurableConsumer(application.createTopic(name), "application" + name);
    }

    private JmsBus strict() {
        return bus(BOUND);
    }

    private JmsBus bus(int bound) {
        return new JmsBus(provider, bounded(super.settings(), bound), metrics, Thread::new);
    }

    private void leave(FeedRequest request) {
        open(request, new Receiver<>()).close();
    }

    private void publishLarge(int count) {
        numbered(0, count).forEach(number -> bus.publish(text(topic, number + " " + PADDING)));
    }

    private void fillTopic() {
        numbered(0, EmbeddedBroker.CAPACITY).forEach(body -> bus.publish(text(topic, body)));
    }

    private void awaitBound() {
        await().until(() -> bus.store().bytesIn(topic).orElseThrow() <= BOUND);
    }

    /** Where others keep all of them. */
    private void awaitBound(int published) {
        await().until(() -> published - count(Meter.JMS_DURABLE_MESSAGES_LOST) <= 9);
    }

    /** Takes so many, sees that there are no more, and deletes the subscription. */
    private static List<Delivery> consume(JmsBus consumer, FeedRequest request, int count) {
        BlockingQueue<Delivery> received = new Receiver<>();
        Feed feed = openConsuming(consumer, request, received);
        List<Delivery> taken = take(received, count);
        consumer.publish(text(request.destination(), "last", "number", "first"));
        assertThat(body(take(received, 1).get(0).message())).isEqualTo("last");
        feed.closeAndForget();
        return taken;
    }

    private static Feed openConsuming(JmsBus consumer, FeedRequest request, BlockingQueue<Delivery> received) {
        return consumer.open(request, delivery -> {
            received.add(delivery);
            delivery.acknowledge();
        });
    }

    private static List<String> bodies(List<Delivery> deliveries) {
        return deliveries.stream().map(delivery -> number(delivery.message())).toList();
    }

    private static String number(Message message) {
        return body(message).replaceFirst(" .*", "");
    }

    private static String messagesLost(Delivery delivery) {
        return delivery.message().headers().first("messages-lost").orElseThrow();
    }

    private static JmsSettings bounded(JmsSettings settings, int durableMaxBytes) {
        return new JmsSettings(
                settings.address(),
                settings.connectionFactory(),
                settings.user(),
                settings.passwordFile(),
                settings.publishers(),
                settings.maxBodyBytes(),
                settings.requestTimeout(),
                settings.reconnectMin(),
                settings.reconnectMax(),
                settings.maxDeliveries(),
                settings.prefetch(),
                durableMaxBytes,
                settings.deadMessageQueue());
    }
}
