package io.stompline.jms;

import io.stompline.jms.link.JmsCalls;
import io.stompline.jms.link.ProducerSession;
import io.stompline.jms.message.Destinations;
import io.stompline.jms.message.MessageWriter;
import io.stompline.jms.message.SendOptions;
import io.stompline.metrics.Counter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.BusException;
import io.stompline.routing.Message;
import jakarta.jms.JMSException;
import java.time.Clock;

/** Sends messages. Thread-safe; the messages of one caller keep their order. */
final class Publisher {
    private final JmsCalls calls;
    private final Destinations destinations;
    private final MessageWriter writer;
    private final Clock clock;
    private final Counter published;
    private final Counter failures;

    Publisher(JmsCalls calls, Destinations destinations, Metrics metrics, Clock clock) {
        this.calls = calls;
        this.destinations = destinations;
        this.writer = new MessageWriter(destinations);
        this.clock = clock;
        this.published = metrics.counter("jms_messages_published");
        this.failures = metrics.counter("jms_publish_failures");
    }

    /** Sends one message; when this returns, the message broker has it. */
    void publish(Message message) {
        counted(1, () -> {
            SendOptions options = SendOptions.of(message, clock);
            if (!options.expired()) {
                calls.call(link -> link.producers().use(producer -> send(producer, message, options)));
            }
        });
    }

    /** Sends one message on this producer; what has expired is accepted and dropped. */
    void send(ProducerSession producer, Message message) throws JMSException {
        SendOptions options = SendOptions.of(message, clock);
        if (!options.expired()) {
            send(producer, message, options);
        }
    }

    /** Counts what was published, or a failure. */
    void counted(int messages, Runnable sending) {
        try {
            sending.run();
            published.add(messages);
        } catch (BusException e) {
            failures.increment();
            throw e;
        }
    }

    private void send(ProducerSession producer, Message message, SendOptions options) throws JMSException {
        producer.send(
                destinations.toJms(message.destination(), producer.session()),
                writer.write(message, producer.session()),
                options);
    }
}
