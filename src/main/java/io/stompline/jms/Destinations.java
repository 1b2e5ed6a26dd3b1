package io.stompline.jms;

import io.stompline.broker.BusException;
import io.stompline.broker.BusException.Reason;
import io.stompline.broker.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.Topic;
import java.util.Optional;

/** Turns STOMP destinations into JMS destination objects and back. Thread-safe. */
final class Destinations {
    private final TemporaryAddresses temporary = new TemporaryAddresses();

    TemporaryAddresses temporary() {
        return temporary;
    }

    /**
     * The JMS destination to send to.
     *
     * @throws BusException REFUSED if JMS has no such name or the temporary queue is unknown
     */
    jakarta.jms.Destination toJms(Destination destination, Session session) throws JMSException {
        return switch (destination.kind()) {
            case TOPIC -> session.createTopic(DestinationNames.jmsName(destination));
            case QUEUE -> session.createQueue(DestinationNames.jmsName(destination));
            case TEMP_QUEUE ->
                temporary
                        .find(destination)
                        .orElseThrow(() -> new BusException(Reason.REFUSED, "the temporary queue is gone or unknown"));
            case USER, APP ->
                throw new BusException(Reason.REFUSED, "there is no such destination at the messaging system");
        };
    }

    /** The STOMP destination of a JMS destination; empty if there is none. */
    Optional<Destination> fromJms(jakarta.jms.Destination destination) throws JMSException {
        if (destination instanceof TemporaryQueue queue) {
            return Optional.of(temporary.addressOf(queue, queue.getQueueName()));
        }
        if (destination instanceof TemporaryTopic topic) {
            return Optional.of(temporary.addressOf(topic, topic.getTopicName()));
        }
        if (destination instanceof Topic topic) {
            return DestinationNames.destination(Destination.Kind.TOPIC, topic.getTopicName());
        }
        if (destination instanceof Queue queue) {
            return DestinationNames.destination(Destination.Kind.QUEUE, queue.getQueueName());
        }
        return Optional.empty();
    }
}
