package io.stompline.jms.provider;

import static java.util.stream.Collectors.groupingBy;

import com.sun.messaging.jmq.jmsserver.core.Destination;
import com.sun.messaging.jmq.jmsserver.core.PacketReference;
import com.sun.messaging.jmq.jmsserver.core.Subscription;
import com.sun.messaging.jmq.jmsserver.util.BrokerException;
import io.stompline.jms.provider.DurableBacklogs.Loss;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes backlogs smaller by the classes that carry out {@code imqcmd purge dur} in OpenMQ's broker (6.5.1 and 6.7.0).
 * That command and its MBean remove all messages of a subscription and tell no sizes. Thread-safe.
 */
final class OpenMqSubscriptions {
    private static final Logger LOG = System.getLogger(OpenMqSubscriptions.class.getName());

    private OpenMqSubscriptions() {}

    /** As {@link DurableBacklogs#trim} says. */
    static void trim(long maxBytes, Consumer<Loss> losses) {
        Collection<?> known = Subscription.getAllDurableSubscriptions(null);
        known.stream()
                .map(Subscription.class::cast)
                .filter(subscription -> isOurs(subscription) && mayHave(maxBytes, subscription))
                .collect(groupingBy(OpenMqSubscriptions::topic))
                .values()
                .forEach(ofTopic -> trim(ofTopic, maxBytes, losses));
    }

    private static boolean isOurs(Subscription subscription) {
        return subscription.getClientID() == null
                && DurableBacklogs.OURS.matcher(subscription.getDurableName()).matches();
    }

    private static String topic(Subscription subscription) {
        return subscription.getDestinationUID().getName();
    }

    /** Most topics have too little altogether: their messages are not looked at one by one. */
    private static boolean mayHave(long bytes, Subscription subscription) {
        Destination topic = subscription.getFirstDestination();
        return topic != null && topic.byteSize() + (long) DurableBacklogs.MESSAGE_BYTES * topic.size() > bytes;
    }

    private static void trim(List<Subscription> ofTopic, long maxBytes, Consumer<Loss> losses) {
        Set<PacketReference> kept = new HashSet<>();
        for (Subscription subscription : ofTopic) {
            List<PacketReference> messages = messages(subscription);
            if (size(messages) > maxBytes) {
                trim(subscription, messages, maxBytes - maxBytes / 4, losses);
            }
            kept.addAll(messages);
        }
        if (size(kept) > 2 * maxBytes) {
            long each = maxBytes / Math.max(8, ofTopic.size());
            ofTopic.forEach(subscription -> trim(subscription, messages(subscription), each, losses));
        }
    }

    private static List<PacketReference> messages(Subscription subscription) {
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

    /**
     * Removes the oldest messages, until the others have at most that many octets.
     *
     * @param messages of the subscription; the removed ones are taken out
     */
    private static void trim(
            Subscription subscription, List<PacketReference> messages, long keptBytes, Consumer<Loss> losses) {
        Set<PacketReference> excess = excess(messages, keptBytes);
        if (excess.isEmpty()) {
            return;
        }
        try {
            subscription.purgeConsumer(excess::contains);
        } catch (BrokerException e) {
            // By then the messages are out of the subscription; some may stay in the topic until the next start.
            LOG.log(Level.WARNING, "messages of a durable subscription were not removed from the store", e);
        }
        messages.removeAll(excess);
        losses.accept(new Loss(subscription.getDurableName(), topic(subscription), excess.size()));
    }

    private static Set<PacketReference> excess(List<PacketReference> messages, long keptBytes) {
        List<PacketReference> oldestFirst = messages.stream()
                .sorted(Comparator.comparingLong(PacketReference::getTimestamp))
                .toList();
        long bytes = size(messages);
        Set<PacketReference> excess = new HashSet<>();
        for (int i = 0; bytes > keptBytes; i++) {
            bytes -= size(oldestFirst.get(i));
            excess.add(oldestFirst.get(i));
        }
        return excess;
    }

    private static long size(Collection<PacketReference> messages) {
        return messages.stream().mapToLong(OpenMqSubscriptions::size).sum();
    }

    private static long size(PacketReference message) {
        return message.byteSize() + DurableBacklogs.MESSAGE_BYTES;
    }
}
