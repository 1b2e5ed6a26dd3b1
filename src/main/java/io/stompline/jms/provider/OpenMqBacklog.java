package io.stompline.jms.provider;

import static java.util.function.Predicate.not;

import com.sun.messaging.jmq.jmsserver.core.ConsumerUID;
import com.sun.messaging.jmq.jmsserver.core.PacketReference;
import com.sun.messaging.jmq.jmsserver.core.Subscription;
import com.sun.messaging.jmq.jmsserver.util.BrokerException;
import io.stompline.jms.provider.DurableBacklogs.Listener;
import io.stompline.jms.provider.DurableBacklogs.Loss;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The messages of one durable subscription in OpenMQ's broker (6.5.1 and 6.7.0): those that wait for a consumer, and
 * those that one has got and not acknowledged. One thread at a time.
 */
final class OpenMqBacklog {
    private static final Logger LOG = System.getLogger(OpenMqBacklog.class.getName());

    private final Subscription subscription;
    private final List<PacketReference> waiting;
    private final List<PacketReference> held;

    /** @param ofTopic all messages of its topic */
    OpenMqBacklog(Subscription subscription, Collection<PacketReference> ofTopic) {
        this.subscription = subscription;
        this.waiting = waiting(subscription);
        Set<PacketReference> removable = new HashSet<>(waiting);
        ConsumerUID stored = subscription.getStoredConsumerUID();
        this.held = ofTopic.stream()
                .filter(message -> message.matches(stored) && !message.isAcknowledged(stored))
                .filter(not(removable::contains))
                .toList();
    }

    String durableName() {
        return subscription.getDurableName();
    }

    /** Whose it is, as {@link DurableBacklogs#OURS} says. */
    String user() {
        return durableName().substring(0, durableName().indexOf('/'));
    }

    long waitingBytes() {
        return size(waiting);
    }

    long heldBytes() {
        return size(held);
    }

    /** Octets of all messages that are not among those, which they are from then on. */
    long bytesBeside(Set<Object> counted) {
        return size(waiting.stream().filter(counted::add).toList())
                + size(held.stream().filter(counted::add).toList());
    }

    /** Removes the oldest messages that wait, until the others have at most that many octets. */
    void trim(long keptBytes, Listener listener) {
        Set<PacketReference> excess = excess(keptBytes);
        if (excess.isEmpty()) {
            return;
        }
        try {
            subscription.purgeConsumer(excess::contains);
        } catch (BrokerException e) {
            // By then the messages are out of the subscription; some may stay in the topic until the next start.
            LOG.log(Level.WARNING, "messages of a durable subscription were not removed from the store", e);
        }
        waiting.removeAll(excess);
        listener.lost(new Loss(durableName(), subscription.getDestinationUID().getName(), excess.size()));
    }

    private Set<PacketReference> excess(long keptBytes) {
        List<PacketReference> oldestFirst = waiting.stream()
                .sorted(Comparator.comparingLong(PacketReference::getTimestamp))
                .toList();
        long bytes = size(waiting);
        Set<PacketReference> excess = new HashSet<>();
        for (int i = 0; bytes > keptBytes; i++) {
            bytes -= size(oldestFirst.get(i));
            excess.add(oldestFirst.get(i));
        }
        return excess;
    }

    private static List<PacketReference> waiting(Subscription subscription) {
        List<PacketReference> messages = new ArrayList<>();
        try {
            subscription.purgeConsumer(message -> {
                messages.add((PacketReference) message);
                return false;
            });
        } catch (BrokerException e) {
            LOG.log(Level.DEBUG, "the messages of a durable subscription could not be read", e);
        }
        return messages;
    }

    private static long size(Collection<PacketReference> messages) {
        return messages.stream().mapToLong(OpenMqBacklog::size).sum();
    }

    private static long size(PacketReference message) {
        return message.byteSize() + DurableBacklogs.MESSAGE_BYTES;
    }
}
