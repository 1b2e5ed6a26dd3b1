package io.stompline.jms.feed;

import io.stompline.jms.link.BrokerLink;
import io.stompline.jms.link.ProducerSession;
import io.stompline.jms.message.DestinationNames;
import io.stompline.jms.message.SendOptions;
import io.stompline.routing.BusException;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Remembers at the message broker which deliveries a committed transaction acknowledged.
 *
 * <p>JMS cannot acknowledge a delivery of one session in the transaction of another. So the transaction sends, along
 * with its messages, one record that names the deliveries; once it is committed they are acknowledged one by one, and
 * the record is removed. If the process ends in between, these messages come again; the feed that gets them finds them
 * in the record and acknowledges them without delivering them. Only messages that are marked as redelivered are looked
 * up. Thread-safe.
 */
public final class CommitRecords {
    private static final Logger LOG = System.getLogger(CommitRecords.class.getName());

    private static final Duration KEPT = Duration.ofHours(24);

    private static final SendOptions OPTIONS =
            new SendOptions(DeliveryMode.PERSISTENT, Message.DEFAULT_PRIORITY, KEPT.toMillis(), 0, false);

    private static final Duration TAKE_AWAY = Duration.ofSeconds(1);

    /** Sends the record of a transaction within it. */
    public void write(ProducerSession producer, String transaction, List<JmsDelivery> deliveries) throws JMSException {
        TextMessage record = producer.session().createTextMessage(text(deliveries));
        record.setJMSCorrelationID(transaction);
        producer.send(queue(producer.session()), record, OPTIONS);
    }

    /** Removes the record of a transaction whose deliveries are all acknowledged. */
    public void remove(ProducerSession producer, String transaction) throws JMSException {
        Session session = producer.session();
        MessageConsumer consumer = session.createConsumer(queue(session), "JMSCorrelationID = '" + transaction + "'");
        try {
            consumer.receive(TAKE_AWAY.toMillis());
        } finally {
            consumer.close();
        }
    }

    /**
     * Whether a message that is marked as redelivered was acknowledged by a transaction that took effect.
     *
     * @param consumption as in {@link JmsDelivery#recordKey}
     */
    boolean tookEffect(BrokerLink link, Message message, String consumption) throws JMSException {
        if (!message.getJMSRedelivered()) {
            return false;
        }
        boolean[] found = new boolean[1];
        try {
            link.producers().use(producer -> found[0] = isRecorded(producer.session(), consumption));
        } catch (JMSException | BusException e) {
            // Twice is better than never.
            LOG.log(Level.WARNING, "commit records cannot be read: {0}", e.getMessage());
        }
        return found[0];
    }

    private static boolean isRecorded(Session session, String consumption) throws JMSException {
        QueueBrowser browser = session.createBrowser(queue(session));
        try {
            Enumeration<?> records = browser.getEnumeration();
            while (records.hasMoreElements()) {
                if (records.nextElement() instanceof TextMessage record
                        && record.getText().lines().anyMatch(consumption::equals)) {
                    return true;
                }
            }
            return false;
        } finally {
            browser.close();
        }
    }

    private static String text(List<JmsDelivery> deliveries) {
        return deliveries.stream().map(JmsDelivery::recordKey).collect(Collectors.joining("\n"));
    }

    private static Queue queue(Session session) throws JMSException {
        return session.createQueue(DestinationNames.COMMIT_RECORDS);
    }
}
