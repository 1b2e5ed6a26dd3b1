package io.stompline.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.config.JmsSettings;
import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.jms.provider.JmsProvider;
import io.stompline.jms.provider.OpenMqProvider;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Delivery;
import io.stompline.routing.Destination;
import io.stompline.routing.Feed;
import io.stompline.routing.FeedRequest;
import io.stompline.routing.Message;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;

/** A bus on a real OpenMQ, a topic and a queue of its own for every test, and a JMS application beside it. */
abstract class BusTest {
    @Parameter
    EmbeddedBroker.Mode mode;

    final String name = "t" + UUID.randomUUID().toString().replace("-", "");
    final Destination topic = Destination.topic(name);
    final Destination queue = Destination.queue(name);
    final String deadLetters = "dead." + name;
    final Metrics metrics = new Metrics();
    FragileProvider provider;
    JmsBus bus;

    /** A JMS application that is not us. */
    Session application;

    private Connection connection;

    @BeforeEach
    void connect() throws JMSException {
        JmsSettings settings = settings();
        provider = new FragileProvider(provider(settings));
        bus = new JmsBus(provider, settings, metrics, Thread::new);
        connection = new OpenMqProvider(settings).connect(JmsProvider.Use.PUBLISHING);
        connection.start();
        application = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    }

    @AfterEach
    void disconnect() throws JMSException {
        bus.close();
        connection.close();
    }

    JmsSettings settings() {
        return EmbeddedBroker.running().settings(mode, deadLetters);
    }

    JmsProvider provider(JmsSettings settings) {
        return new OpenMqProvider(settings);
    }

    long count(Meter counter) {
        return metrics.counter(counter).value();
    }

    /** Publishes {@code m0}, {@code m1}, … to the queue. */
    void publish(int count) {
        numbered(0, count).forEach(body -> bus.publish(text(queue, body)));
    }

    Receiver<Delivery> receiver() {
        return new Receiver<>();
    }

    jakarta.jms.Message receive(String queueName) throws JMSException {
        try (var consumer = application.createConsumer(application.createQueue(queueName))) {
            jakarta.jms.Message message = consumer.receive(5_000);
            assertThat(message).as("a message in " + queueName).isNotNull();
            return message;
        }
    }

    void assertEmpty(String queueName) throws JMSException {
        try (var consumer = application.createConsumer(application.createQueue(queueName))) {
            assertThat(consumer.receiveNoWait()).as("a message in " + queueName).isNull();
        }
    }

    /** What a new consumer gets first: shows what was left, and that nothing came before it. */
    String next(BlockingQueue<Delivery> received) {
        return shown(take(received, 1).get(0));
    }

    static String shown(Delivery delivery) {
        return body(delivery.message()) + (delivery.message().headers().has("redelivered") ? " again" : "");
    }

    static FeedRequest acknowledged(Destination destination) {
        return request(destination, true, "", "", "");
    }

    static FeedRequest automatic(Destination destination) {
        return request(destination, false, "", "", "");
    }

    static FeedRequest selected(Destination destination, String selector) {
        return request(destination, true, selector, "", "");
    }

    static FeedRequest durable(Destination destination, String durableName) {
        return request(destination, true, "", durableName, "");
    }

    static FeedRequest without(Destination destination, String origin) {
        return request(destination, true, "", "", origin);
    }

    static FeedRequest request(
            Destination destination, boolean acknowledged, String selector, String durableName, String origin) {
        return new FeedRequest(
                destination, acknowledged, optional(selector), optional(durableName), optional(origin), 10);
    }

    static Message text(Destination destination, String body, String... headers) {
        return Message.of(destination, Headers.of(headers), Body.utf8(body), "");
    }

    static String body(Message message) {
        return message.body().text().orElseThrow();
    }

    static List<String> numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "m" + i).toList();
    }

    static void assertRefused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BusException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    static <T> List<T> take(BlockingQueue<T> received, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    try {
                        T taken = received.poll(5, TimeUnit.SECONDS);
                        assertThat(taken).as("number %d of %d", i, count).isNotNull();
                        return taken;
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    private static Optional<String> optional(String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /** Keeps what it receives. */
    static final class Receiver<T> extends LinkedBlockingQueue<T> {
        private static final long serialVersionUID = 1L;
    }

    /** Opens a feed that keeps its deliveries. */
    BlockingQueue<Delivery> open(FeedRequest request) {
        Receiver<Delivery> received = new Receiver<>();
        bus.open(request, received::add);
        return received;
    }

    /** Lets a feed be closed that was opened with its deliveries in that queue. */
    Feed open(FeedRequest request, BlockingQueue<Delivery> received) {
        return bus.open(request, received::add);
    }
}
