package io.stompline.jms.feed;

import io.stompline.jms.link.BrokerLink;
import io.stompline.jms.link.LinkSlot;
import io.stompline.jms.link.PumpConsumer;
import io.stompline.jms.link.PumpSessions;
import io.stompline.jms.message.MessageReader;
import io.stompline.jms.message.TemporaryAddresses;
import io.stompline.routing.Destination;
import io.stompline.routing.Feed;
import io.stompline.routing.Message;
import io.stompline.routing.Receiver;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A temporary queue and its consumer.
 *
 * <p>Its address is ours and stays; the JMS queue behind it lives as long as the connection. When that is lost, replies
 * to messages sent before are lost too, and those to later ones come to the new queue. Thread-safe.
 */
public final class ReplyQueue implements Feed, LinkConsumer {
    private static final Logger LOG = System.getLogger(ReplyQueue.class.getName());

    /** Cannot be guessed, so only receivers of a message that names it can reply. */
    private final Destination address =
            new Destination(Destination.Kind.TEMP_QUEUE, UUID.randomUUID().toString());

    private final TemporaryAddresses addresses;
    private final MessageReader reader;
    private final Receiver<Message> receiver;
    private final Consumer<LinkConsumer> onClose;
    private final LinkSlot<PumpConsumer> slot = new LinkSlot<>();

    public ReplyQueue(
            TemporaryAddresses addresses,
            MessageReader reader,
            Receiver<Message> receiver,
            Consumer<LinkConsumer> onClose) {
        this.addresses = addresses;
        this.reader = reader;
        this.receiver = receiver;
        this.onClose = onClose;
    }

    @Override
    public void attach(BrokerLink link) throws JMSException {
        slot.fill(link.number(), () -> consume(link));
    }

    @Override
    public void detach() {
        // Receivers of a pump do not wait.
    }

    @Override
    public Destination address() {
        return address;
    }

    @Override
    public String name() {
        return address.text();
    }

    @Override
    public void close() {
        onClose.accept(this);
        slot.close();
        addresses.forget(address);
    }

    @Override
    public void closeAndForget() {
        close();
    }

    private PumpConsumer consume(BrokerLink link) throws JMSException {
        QueueOfLink queue = new QueueOfLink();
        return link.pumps().consume(queue, this::deliver).endingWith(queue::delete);
    }

    private void deliver(jakarta.jms.Message message) {
        try {
            if (!reader.isObject(message, address)) {
                receiver.accept(reader.read(message, address));
            }
        } catch (JMSException | RuntimeException e) {
            LOG.log(Level.WARNING, "a message of a temporary queue is skipped: {0}", e.toString());
        }
    }

    /** The JMS queue behind the address over one link. */
    private final class QueueOfLink implements PumpSessions.Source {
        private TemporaryQueue queue;

        @Override
        public jakarta.jms.Destination in(Session session) throws JMSException {
            queue = session.createTemporaryQueue();
            addresses.assign(address, queue);
            return queue;
        }

        void delete() throws JMSException {
            queue.delete();
        }
    }
}
