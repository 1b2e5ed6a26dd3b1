package io.stompline.jms.link;

import io.stompline.jms.message.SendOptions;
import io.stompline.jms.provider.ProviderDialect;
import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * A session that sends to any destination. One thread at a time.
 *
 * <p>Replaces its producers regularly, because the message broker keeps every destination that a producer has sent to.
 * OpenMQ (seen in 6.5.1) removes an unused destination, and the files of its messages, which never shrink, only when it
 * has no producer.
 */
public final class ProducerSession {
    private static final Logger LOG = System.getLogger(ProducerSession.class.getName());

    private final Session session;
    private final Producer toTopics;
    private final Producer toQueues;

    /** A producer with destinations is replaced when it is that old. */
    static final Duration MAX_AGE = Duration.ofSeconds(60);

    /**
     * Opens a session.
     *
     * @param nanoClock tells how old a producer is
     * @param maxDestinations after so many a producer is replaced, see {@link
     *     ProviderDialect#maxDestinationsPerProducer}
     */
    ProducerSession(Connection connection, boolean transacted, int maxDestinations, LongSupplier nanoClock)
            throws JMSException {
        this.session = connection.createSession(
                transacted, transacted ? Session.SESSION_TRANSACTED : Session.AUTO_ACKNOWLEDGE);
        // OpenMQ takes a topic and a queue of one name for the same destination of one producer.
        this.toTopics = new Producer(session, maxDestinations, nanoClock);
        this.toQueues = new Producer(session, maxDestinations, nanoClock);
    }

    /** The session, to make messages and consumers. */
    public Session session() {
        return session;
    }

    /** Sends a message. */
    public void send(Destination destination, Message message, SendOptions options) throws JMSException {
        Producer producer = destination instanceof Topic ? toTopics : toQueues;
        producer.send(destination, message, options);
    }

    /** Whether it has a producer that {@link #replaceOld} would replace. Any thread. */
    boolean hasOld() {
        return toTopics.isOld() || toQueues.isOld();
    }

    /** Replaces producers that are too old; may block as long as a request. Not within a transaction. */
    void replaceOld() throws JMSException {
        toTopics.replaceOld();
        toQueues.replaceOld();
    }

    /** Commits the messages that a transacted session sent. */
    public void commit() throws JMSException {
        session.commit();
    }

    /** Ends it; never throws. */
    void close() {
        try {
            session.close();
        } catch (JMSException | RuntimeException e) {
            // The connection is lost, and the session with it.
            LOG.log(Level.DEBUG, "closing a session: {0}", e.getMessage());
        }
    }

    /** Rolls back the messages that a transacted session sent and has not committed. */
    public void rollback() throws JMSException {
        session.rollback();
    }

    /** A producer for any destination of one kind. */
    private static final class Producer {
        private final Session session;
        private final int maxDestinations;
        private final LongSupplier nanoClock;
        private final Set<Destination> destinations = new HashSet<>();
        private MessageProducer producer;
        private long delayMillis;

        /** When it got the first of its destinations; empty while it has none. */
        private volatile OptionalLong sinceNanos = OptionalLong.empty();

        Producer(Session session, int maxDestinations, LongSupplier nanoClock) throws JMSException {
            this.session = session;
            this.maxDestinations = maxDestinations;
            this.nanoClock = nanoClock;
            this.producer = session.createProducer(null);
        }

        void send(Destination destination, Message message, SendOptions options) throws JMSException {
            noteDestination(destination);
            delayBy(options.deliveryDelayMillis());
            producer.send(destination, message, options.deliveryMode(), options.priority(), options.timeToLiveMillis());
        }

        boolean isOld() {
            OptionalLong since = sinceNanos;
            return since.isPresent() && nanoClock.getAsLong() - since.getAsLong() >= MAX_AGE.toNanos();
        }

        void replaceOld() throws JMSException {
            if (isOld()) {
                replace();
            }
        }

        private void noteDestination(Destination destination) throws JMSException {
            if (!destinations.contains(destination) && destinations.size() == maxDestinations) {
                replace();
            }
            destinations.add(destination);
            if (sinceNanos.isEmpty()) {
                sinceNanos = OptionalLong.of(nanoClock.getAsLong());
            }
        }

        private void delayBy(long millis) throws JMSException {
            if (millis != delayMillis) {
                producer.setDeliveryDelay(millis);
                delayMillis = millis;
            }
        }

        private void replace() throws JMSException {
            producer.close();
            producer = session.createProducer(null);
            delayMillis = 0;
            destinations.clear();
            sinceNanos = OptionalLong.empty();
        }
    }
}
