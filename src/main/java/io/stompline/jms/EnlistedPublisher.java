package io.stompline.jms;

import io.stompline.jms.link.JmsFailures;
import io.stompline.jms.link.PublishingTrial;
import io.stompline.jms.message.Destinations;
import io.stompline.jms.message.MessageWriter;
import io.stompline.jms.message.SendOptions;
import io.stompline.routing.BusException;
import io.stompline.routing.Message;
import io.stompline.routing.TransactionalBus;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.time.Clock;

/**
 * Publishes with the container's connection factory, whose sessions join the transaction of the calling thread (Jakarta
 * Connectors 2.1, "Transaction Management"). Thread-safe.
 *
 * <p>The container opens these connections, so they are not tried as ours are ({@link PublishingTrial}).
 */
final class EnlistedPublisher implements TransactionalBus {
    private final EnlistedFactory factory;
    private final Destinations destinations;
    private final MessageWriter writer;
    private final JmsFailures failures;
    private final PublishMetrics metrics;
    private final Clock clock;

    EnlistedPublisher(
            EnlistedFactory factory,
            Destinations destinations,
            MessageWriter writer,
            JmsFailures failures,
            PublishMetrics metrics,
            Clock clock) {
        this.factory = factory;
        this.destinations = destinations;
        this.writer = writer;
        this.failures = failures;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public void publish(Message message) {
        try {
            send(message);
        } catch (BusException e) {
            throw metrics.failed(e);
        }
    }

    private void send(Message message) {
        SendOptions options = SendOptions.of(message, clock);
        if (options.expired()) {
            return;
        }
        try (Connection connection = factory.get().createConnection();
                Session session = connection.createSession();
                MessageProducer producer = session.createProducer(destinations.toJms(message.destination(), session))) {
            producer.setDeliveryDelay(options.deliveryDelayMillis());
            producer.send(
                    writer.write(message, session),
                    options.deliveryMode(),
                    options.priority(),
                    options.timeToLiveMillis());
        } catch (JMSException e) {
            throw failures.translate(e);
        }
    }
}
