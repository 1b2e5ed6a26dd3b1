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
import java.util.HashSet;
import java.util.Set;

/** A session that sends to any destination. One thread at a time. */
public final class ProducerSession {
    private static final Logger LOG = System.getLogger(ProducerSession.class.getName());

    private final Session session;
    private final Producer toTopics;
    private final Producer toQueues;

    /**
     * Opens a session.
     *
     * @param maxDestinations after so many a producer is replaced, see {@link
     *     ProviderDialect#maxDestinationsPerProducer}
     */
    ProducerSession(Connection connection, boolean transacted, int maxDestinations) throws JMSException {
        this.session = connection.createSession(
                transacted, transacted ? Session.SESSION_TRANSACTED : Session.AUTO_ACKNOWLEDGE);
        // OpenMQ takes a topic and a queue of one name for the same destination of one producer.
        this.toTopics = new Producer(session, maxDestinations);
        this.toQueues = new Producer(session, maxDestinations);
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

    /** Lets what a transacted session sent take effect. */
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

    /** Drops what a transacted session sent and has not committed. */
    public void rollback() throws JMSException {
        session.rollback();
    }

    /** A producer for any destination of one kind. */
    private static final class Producer {
        private final Session session;
        private final int maxDestinations;
        private final Set<Destination> destinations = new HashSet<>();
        private MessageProducer producer;

        Producer(Session session, int maxDestinations) throws JMSException {
            this.session = session;
            this.maxDestinations = maxDestinations;
            this.producer = session.createProducer(null);
        }

        void send(Destination destination, Message message, SendOptions options) throws JMSException {
            noteDestination(destination);
            producer.send(destination, message, options.deliveryMode(), options.priority(), options.timeToLiveMillis());
        }

        private void noteDestination(Destination destination) throws JMSException {
            if (destinations.add(destination) && destinations.size() > maxDestinations) {
                producer.close();
                producer = session.createProducer(null);
                destinations.clear();
                destinations.add(destination);
            }
        }
    }
}
