package io.stompline.jms.feed;

import io.stompline.jms.message.DestinationNames;
import io.stompline.jms.message.HeaderMapping;
import io.stompline.jms.message.SelectorNames;
import io.stompline.jms.provider.ProviderDialect;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Destination;
import io.stompline.routing.FeedRequest;
import io.stompline.routing.TopicPattern;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.util.Optional;

/**
 * The source of a feed, in terms of JMS. Immutable.
 *
 * <p>{@code no-local}: for a queue the messages of that origin are left to other consumers, so the selector says it.
 * Topics are filtered here: the selector of a durable subscription must not change with every connection, for that
 * deletes what it holds.
 */
final class FeedSource {
    private final FeedRequest request;
    private final String jmsName;
    private final String selector;
    private final TopicPattern pattern;

    /** Ends the name of every receipt of this consumer. */
    private final String consumerName;

    /** @throws io.stompline.routing.BusException REFUSED or BAD_SELECTOR */
    FeedSource(FeedRequest request, DestinationNames names, ProviderDialect dialect) {
        this.request = request;
        Destination destination = request.destination();
        if (destination.kind() != Destination.Kind.TOPIC && destination.kind() != Destination.Kind.QUEUE) {
            throw new BusException(Reason.REFUSED, "only topics and queues can be consumed");
        }
        this.jmsName = names.consumed(destination);
        Optional<String> given = request.selector().map(SelectorNames::toJms);
        given.ifPresent(selected -> SelectorCheck.check(selected, dialect));
        this.selector = selector(request, given);
        this.pattern = new TopicPattern(destination);
        String consumer = request.durableName().map(name -> "durable " + name).orElse("queue " + jmsName);
        this.consumerName = consumer.replaceAll("\\R", " ");
    }

    Destination destination() {
        return request.destination();
    }

    /** Whether the message broker keeps unacknowledged messages. */
    boolean keepsMessages() {
        return !destination().isTopic() || request.durableName().isPresent();
    }

    /** Whether a message that is sent to this source again would reach other consumers as well. */
    boolean isTopic() {
        return destination().isTopic();
    }

    /** Deliveries that may be unsettled at a time; without limit where nothing is to be settled. */
    int prefetch() {
        return keepsMessages() ? request.prefetch() : Integer.MAX_VALUE;
    }

    MessageConsumer consumer(Session session) throws JMSException {
        if (!isTopic()) {
            return session.createConsumer(session.createQueue(jmsName), selector);
        }
        Topic topic = session.createTopic(jmsName);
        return request.durableName().isPresent()
                ? session.createSharedDurableConsumer(
                        topic, request.durableName().get(), selector)
                : session.createConsumer(topic, selector);
    }

    /**
     * Whether the pattern, or {@code no-local}, leaves this message out.
     *
     * @param origin the value of our origin property, as JMS gives it: may be null
     */
    boolean excludes(Destination from, String origin) {
        return !pattern.matches(from)
                || (isTopic()
                        && request.excludedOrigin()
                                .filter(excluded -> excluded.equals(origin))
                                .isPresent());
    }

    /** Names this consumer's receipt of a message: one message may go to several durable subscriptions. */
    String recordKey(Message message) throws JMSException {
        return message.getJMSMessageID() + " " + consumerName;
    }

    private static String selector(FeedRequest request, Optional<String> given) {
        if (request.destination().isTopic() || request.excludedOrigin().isEmpty()) {
            return given.orElse(null);
        }
        String origin = HeaderMapping.ORIGIN_PROPERTY;
        String others = origin + " IS NULL OR " + origin + " <> '"
                + request.excludedOrigin().get().replace("'", "''") + "'";
        return given.map(selected -> "(" + selected + ") AND (" + others + ")").orElse(others);
    }
}
