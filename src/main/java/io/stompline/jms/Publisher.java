package io.stompline.jms;

import io.stompline.jms.link.CurrentLink;
import io.stompline.jms.link.JmsFailures;
import io.stompline.jms.link.ProducerSession;
import io.stompline.jms.message.Destinations;
import io.stompline.jms.message.MessageWriter;
import io.stompline.jms.message.SendOptions;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Sends messages. Thread-safe; the messages of one caller keep their order. */
final class Publisher {
    private final CurrentLink current;
    private final JmsFailures failures;
    private final Destinations destinations;
    private final MessageWriter writer;
    private final Clock clock;
    private final PublishMetrics metrics;
    private final BooleanSupplier makesRoom;
    private volatile boolean diskFull;

    /** @param makesRoom asked when a topic is full; whether it may have room now */
    Publisher(
            CurrentLink current,
            JmsFailures failures,
            Destinations destinations,
            MessageWriter writer,
            PublishMetrics metrics,
            BooleanSupplier makesRoom,
            Clock clock) {
        this.current = current;
        this.failures = failures;
        this.destinations = destinations;
        this.writer = writer;
        this.metrics = metrics;
        this.makesRoom = makesRoom;
        this.clock = clock;
    }

    /** Whether the last message to a queue that had to be stored met a full disk. */
    boolean isDiskFull() {
        return diskFull;
    }

    /** Sends one message; when this returns, the message broker has it. */
    void publish(Message message) {
        try {
            SendOptions options = SendOptions.of(message, clock);
            if (!options.expired()) {
                sendOrMakeRoom(message, options);
                stored(message, options);
            }
            metrics.published(1);
        } catch (BusException e) {
            throw failed(e);
        }
    }

    /** Counts messages that a transaction sent. */
    void committed(List<Message> messages) {
        metrics.published(messages.size());
        if (diskFull) {
            messages.forEach(message -> stored(message, SendOptions.of(message, clock)));
        }
    }

    /** Counts a failure, and gives it back to be thrown. */
    BusException failed(BusException failure) {
        diskFull |= failure.reason() == Reason.STORE_FULL;
        return metrics.failed(failure);
    }

    /** A topic without durable subscriptions stores nothing: its messages pass also while the disk is full. */
    private void stored(Message message, SendOptions options) {
        if (diskFull
                && message.destination().kind() == Destination.Kind.QUEUE
                && options.deliveryMode() == DeliveryMode.PERSISTENT) {
            diskFull = false;
        }
    }

    private void sendOrMakeRoom(Message message, SendOptions options) {
        try {
            current.get().withProducer(producer -> send(producer, message, options));
        } catch (BusException e) {
            if (e.reason() != Reason.FULL || !message.destination().isTopic() || !makesRoom.getAsBoolean()) {
                throw e;
            }
            current.get().withProducer(producer -> send(producer, message, options));
        }
    }

    /** Sends one message with this producer; accepts and drops an expired one. */
    void send(ProducerSession producer, Message message) throws JMSException {
        SendOptions options = SendOptions.of(message, clock);
        if (!options.expired()) {
            send(producer, message, options);
        }
    }

    private void send(ProducerSession producer, Message message, SendOptions options) throws JMSException {
        jakarta.jms.Destination target = destinations.toJms(message.destination(), producer.session());
        jakarta.jms.Message written = writer.write(message, producer.session());
        try {
            producer.send(target, written, options);
        } catch (JMSException e) {
            if (message.destination().kind() == Destination.Kind.TEMP_QUEUE
                    && failures.translate(e).reason() == Reason.REFUSED) {
                throw BusException.gone(message.destination());
            }
            throw e;
        }
    }
}
