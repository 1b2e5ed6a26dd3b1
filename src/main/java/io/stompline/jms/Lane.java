package io.stompline.jms;

import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.HashSet;
import java.util.Set;

/** A session that sends to any destination. One thread at a time. */
final class Lane {
    /**
     * OpenMQ keeps a producer at the broker for every destination that a lane has sent to, and does not reap a destination that
     * has a producer. After so many the lane begins anew.
     */
    private static final int MAX_DESTINATIONS = 500;

    private final Session session;
    private final Set<String> destinations = new HashSet<>();
    private MessageProducer producer;

    Lane(Connection connection, boolean transacted) throws JMSException {
        this.session = connection.createSession(
                transacted, transacted ? Session.SESSION_TRANSACTED : Session.AUTO_ACKNOWLEDGE);
        this.producer = session.createProducer(null);
    }

    Session session() {
        return session;
    }

    void send(Destination destination, Message message, SendOptions options) throws JMSException {
        noteDestination(destination.toString());
        producer.send(destination, message, options.deliveryMode(), options.priority(), options.timeToLiveMillis());
    }

    void commit() throws JMSException {
        session.commit();
    }

    void rollback() throws JMSException {
        session.rollback();
    }

    private void noteDestination(String destination) throws JMSException {
        if (destinations.add(destination) && destinations.size() > MAX_DESTINATIONS) {
            producer.close();
            producer = session.createProducer(null);
            destinations.clear();
            destinations.add(destination);
        }
    }
}
