package io.stompline.jms.link;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/**
 * Tests whether a new connection can publish.
 *
 * <p>OpenMQ (seen in 6.5.1) takes connections a moment before it is ready. It tells such a connection not to send yet,
 * and tells it to go on only when its memory runs short: a send waits, perhaps without end, while everything else works
 * on that connection.
 */
public final class PublishingTrial {
    private static final Logger LOG = System.getLogger(PublishingTrial.class.getName());

    private final Connection connection;
    private final Duration longest;
    private final ThreadFactory threads;

    /** @param longest the longest wait for an answer */
    PublishingTrial(Connection connection, Duration longest, ThreadFactory threads) {
        this.connection = connection;
        this.longest = longest;
        this.threads = threads;
    }

    /** Sends a message that no consumer gets. If the send hangs, its thread waits until the connection is closed. */
    boolean passes() {
        try {
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            // Not a topic: OpenMQ delivers messages of a temporary topic to consumers of all topics.
            TemporaryQueue nobody = session.createTemporaryQueue();
            boolean answered = ends(() -> send(session, nobody));
            if (answered) {
                session.close();
                nobody.delete();
            }
            return answered;
        } catch (JMSException | RuntimeException e) {
            note(e);
            return true;
        }
    }

    private void send(Session session, TemporaryQueue nobody) {
        try {
            MessageProducer producer = session.createProducer(nobody);
            producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
            producer.send(session.createMessage());
        } catch (JMSException | RuntimeException e) {
            note(e);
        }
    }

    private boolean ends(Runnable task) {
        Thread thread = threads.newThread(task);
        thread.start();
        try {
            thread.join(Math.max(1, longest.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    /**
     * A refusal is an answer too: a message broker that is short of memory accepts no message, but must still deliver.
     */
    private static void note(Exception failure) {
        LOG.log(Level.DEBUG, "a message on trial was refused: {0}", failure.toString());
    }
}
