package io.stompline.jms.message;

import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.Topic;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Turns STOMP destinations into JMS destination objects and back. Thread-safe. */
public final class Destinations {
    /** Number of remembered destinations; then all are forgotten. */
    private static final int MAX_KNOWN = 1_000;

    private final DestinationNames names;
    private final TemporaryAddresses temporary;

    /**
     * Sessions share them: a destination of Jakarta Messaging is no more than a name, and to make one takes a while.
     */
    private final Map<Destination, jakarta.jms.Destination> known = new ConcurrentHashMap<>();

    /** Destinations named by these rules; none is known yet. */
    public Destinations(DestinationNames names) {
        this(names, new TemporaryAddresses());
    }

    private Destinations(DestinationNames names, TemporaryAddresses temporary) {
        this.names = names;
        this.temporary = temporary;
    }

    /**
     * The same for sessions of another connection factory: to them our destination objects may mean nothing. A Payara
     * Server loads the classes of OpenMQ once for its own factories and once more for ours.
     */
    public Destinations ofAnotherFactory() {
        return new Destinations(names, temporary);
    }

    /** How they are named. */
    public DestinationNames names() {
        return names;
    }

    /** The addresses of temporary queues. */
    public TemporaryAddresses temporary() {
        return temporary;
    }

    /**
     * The JMS destination to send to.
     *
     * @throws BusException REFUSED if JMS has no such name or the temporary queue is unknown
     */
    public jakarta.jms.Destination toJms(Destination destination, Session session) throws JMSException {
        jakarta.jms.Destination remembered = known.get(destination);
        return remembered == null ? remember(destination, make(destination, session)) : remembered;
    }

    private jakarta.jms.Destination make(Destination destination, Session session) throws JMSException {
        return switch (destination.kind()) {
            case TOPIC -> session.createTopic(names.jmsName(destination));
            case QUEUE -> session.createQueue(names.jmsName(destination));
            case TEMP_QUEUE -> temporary.find(destination).orElseThrow(() -> BusException.gone(destination));
            case USER, APP, PRESENCE ->
                throw new BusException(Reason.REFUSED, "there is no such destination at the message broker");
        };
    }

    private jakarta.jms.Destination remember(Destination destination, jakarta.jms.Destination made) {
        // A temporary queue may be gone the next time.
        if (destination.kind() != Destination.Kind.TEMP_QUEUE) {
            if (known.size() >= MAX_KNOWN) {
                known.clear();
            }
            known.put(destination, made);
        }
        return made;
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
            return names.destination(Destination.Kind.TOPIC, topic.getTopicName());
        }
        if (destination instanceof Queue queue) {
            return names.destination(Destination.Kind.QUEUE, queue.getQueueName());
        }
        return Optional.empty();
    }
}
