package io.stompline.jms;

import io.stompline.jms.feed.CommitRecords;
import io.stompline.jms.feed.JmsDelivery;
import io.stompline.jms.link.CurrentLink;
import io.stompline.jms.link.ProducerSession;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Delivery;
import io.stompline.routing.Message;
import jakarta.jms.JMSException;
import jakarta.jms.ResourceAllocationException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Makes messages and acknowledgements take effect together, by means of {@link CommitRecords}. Thread-safe. */
final class JmsTransactions {
    private static final Logger LOG = System.getLogger(JmsTransactions.class.getName());

    private final CurrentLink current;
    private final Publisher publisher;
    private final CommitRecords records;

    JmsTransactions(CurrentLink current, Publisher publisher, CommitRecords records) {
        this.current = current;
        this.publisher = publisher;
        this.records = records;
    }

    /** Sends all of these and acknowledges all of those, or none. */
    void commit(List<Message> publications, List<Delivery> acknowledgements) {
        List<JmsDelivery> deliveries =
                acknowledgements.stream().map(JmsDelivery.class::cast).toList();
        String transaction = UUID.randomUUID().toString();
        takeAll(deliveries);
        try {
            send(publications, transaction, deliveries);
        } catch (RuntimeException e) {
            deliveries.forEach(JmsDelivery::unsettle);
            throw e;
        }
        if (!deliveries.isEmpty()) {
            acknowledge(transaction, deliveries);
        }
    }

    /** Claims the deliveries, so that nobody else settles them. */
    private static void takeAll(List<JmsDelivery> deliveries) {
        List<JmsDelivery> taken = new ArrayList<>();
        for (JmsDelivery delivery : deliveries) {
            if (!delivery.isOpen() || !delivery.settle()) {
                taken.forEach(JmsDelivery::unsettle);
                throw new BusException(
                        Reason.UNAVAILABLE, "a message acknowledged in the transaction was given back meanwhile");
            }
            taken.add(delivery);
        }
    }

    private void send(List<Message> publications, String transaction, List<JmsDelivery> deliveries) {
        try {
            current.get().withTransactedProducer(producer -> send(producer, publications, transaction, deliveries));
            publisher.committed(publications);
        } catch (BusException e) {
            throw publisher.failed(e);
        }
    }

    private void send(
            ProducerSession producer, List<Message> publications, String transaction, List<JmsDelivery> deliveries)
            throws JMSException {
        try {
            for (Message publication : publications) {
                publisher.send(producer, publication);
            }
            if (!deliveries.isEmpty()) {
                records.write(producer, transaction, deliveries);
            }
            producer.commit();
        } catch (BusException | ResourceAllocationException refusal) {
            // After any other failure the producer is not used again.
            rollBack(producer, refusal);
            throw refusal;
        }
    }

    private static void rollBack(ProducerSession producer, Exception cause) {
        try {
            producer.rollback();
        } catch (JMSException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /** The transaction has taken effect, even if this fails: the record stays until every delivery is acknowledged. */
    private void acknowledge(String transaction, List<JmsDelivery> deliveries) {
        try {
            boolean allOpen = deliveries.stream().allMatch(JmsDelivery::acknowledgeTaken);
            if (allOpen) {
                current.get().withProducer(producer -> records.remove(producer, transaction));
            }
        } catch (BusException e) {
            LOG.log(Level.WARNING, "a committed acknowledgement waits for redelivery: {0}", e.getMessage());
        }
    }
}
