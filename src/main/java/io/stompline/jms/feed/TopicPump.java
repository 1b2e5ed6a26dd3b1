package io.stompline.jms.feed;

import io.stompline.jms.link.BrokerLink;
import io.stompline.jms.link.LinkSlot;
import io.stompline.jms.link.PumpConsumer;
import io.stompline.jms.message.DestinationNames;
import io.stompline.jms.message.MessageReader;
import io.stompline.routing.Destination;
import io.stompline.routing.Feed;
import io.stompline.routing.Message;
import io.stompline.routing.Receiver;
import io.stompline.routing.TopicPattern;
import jakarta.jms.JMSException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Consumer;

/** Consumes one topic, or the topics of one pattern, for everybody on this node. Thread-safe. */
public final class TopicPump implements Feed, LinkConsumer {
    private static final Logger LOG = System.getLogger(TopicPump.class.getName());

    private final Destination topic;
    private final TopicPattern pattern;
    private final String jmsName;
    private final MessageReader reader;
    private final Receiver<Message> receiver;
    private final Consumer<LinkConsumer> onClose;
    private final LinkSlot<PumpConsumer> slot = new LinkSlot<>();

    /**
     * A pump that consumes from its first {@link #attach} on.
     *
     * @param topic a topic, may be a pattern
     * @throws io.stompline.routing.BusException REFUSED if the message broker has no such name
     */
    public TopicPump(
            Destination topic,
            DestinationNames names,
            MessageReader reader,
            Receiver<Message> receiver,
            Consumer<LinkConsumer> onClose) {
        this.topic = topic;
        this.pattern = new TopicPattern(topic);
        this.jmsName = names.consumed(topic);
        this.reader = reader;
        this.receiver = receiver;
        this.onClose = onClose;
    }

    @Override
    public void attach(BrokerLink link) throws JMSException {
        slot.fill(link.number(), () -> start(link));
    }

    @Override
    public void detach() {
        // Receivers of a pump do not wait.
    }

    @Override
    public Destination address() {
        return topic;
    }

    @Override
    public String name() {
        return topic.text();
    }

    @Override
    public void close() {
        onClose.accept(this);
        slot.close();
    }

    @Override
    public void closeAndForget() {
        close();
    }

    private PumpConsumer start(BrokerLink link) throws JMSException {
        boolean again = slot.wasFilled();
        if (again) {
            receiver.interrupted();
        }
        PumpConsumer started =
                link.pumps().consume(session -> session.createTopic(jmsName), message -> deliver(link, message));
        if (again) {
            // Messages published until now may be missed, too, also by subscribers that came meanwhile.
            receiver.interrupted();
        }
        return started;
    }

    private void deliver(BrokerLink link, jakarta.jms.Message message) {
        if (link.isLost()) {
            // Its connection may live on for a moment, beside that of the next link, which brings the same.
            return;
        }
        try {
            Optional<Destination> from = topic.isPattern() ? matching(message) : Optional.of(topic);
            if (from.isPresent() && !reader.isObject(message, from.get())) {
                receiver.accept(reader.read(message, from.get()));
            }
        } catch (JMSException | RuntimeException e) {
            LOG.log(Level.WARNING, "a message of {0} is skipped: {1}", topic.text(), e.toString());
        }
    }

    private Optional<Destination> matching(jakarta.jms.Message message) throws JMSException {
        return reader.destination(message).filter(pattern::matches);
    }
}
