package io.stompline.jms.provider;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import com.sun.messaging.jmq.jmsserver.core.Destination;
import com.sun.messaging.jmq.jmsserver.core.PacketReference;
import com.sun.messaging.jmq.jmsserver.core.Subscription;
import io.stompline.jms.provider.DurableBacklogs.Listener;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the backlogs of our subscriptions in OpenMQ's broker smaller, topic by topic. Thread-safe.
 *
 * <p>Its command {@code purge dur}, and the MBean for it, remove all messages of a subscription and tell no sizes.
 */
final class OpenMqSubscriptions {
    private OpenMqSubscriptions() {}

    /** As {@link DurableBacklogs#trim} says. */
    static void trim(long maxBytes, Listener listener) {
        Collection<?> known = Subscription.getAllDurableSubscriptions(null);
        known.stream()
                .map(Subscription.class::cast)
                .filter(subscription -> isOurs(subscription) && mayHave(maxBytes, subscription))
                .collect(groupingBy(Subscription::getFirstDestination))
                .forEach((topic, subscriptions) -> trim(backlogs(topic, subscriptions), maxBytes, listener));
    }

    private static boolean isOurs(Subscription subscription) {
        return subscription.getClientID() == null
                && DurableBacklogs.OURS.matcher(subscription.getDurableName()).matches();
    }

    /** Most topics have too little altogether: their messages are not looked at one by one. */
    private static boolean mayHave(long bytes, Subscription subscription) {
        Destination topic = subscription.getFirstDestination();
        return topic != null && topic.byteSize() + (long) DurableBacklogs.MESSAGE_BYTES * topic.size() > bytes;
    }

    private static List<OpenMqBacklog> backlogs(Destination topic, List<Subscription> subscriptions) {
        Collection<PacketReference> messages = topic.getAll(null).values();
        return subscriptions.stream()
                .map(subscription -> new OpenMqBacklog(subscription, messages))
                .toList();
    }

    private static void trim(List<OpenMqBacklog> ofTopic, long maxBytes, Listener listener) {
        ofTopic.stream()
                .filter(backlog -> backlog.waitingBytes() + backlog.heldBytes() > maxBytes)
                .forEach(backlog ->
                        backlog.trim(Math.max(maxBytes / 8, maxBytes - maxBytes / 4 - backlog.heldBytes()), listener));
        if (together(ofTopic) > 2 * maxBytes) {
            long each = maxBytes / Math.max(8, ofTopic.size());
            ofTopic.forEach(backlog -> backlog.trim(each, listener));
        }
        if (together(ofTopic) > 2 * maxBytes) {
            endWhoHoldsMost(ofTopic, listener);
        }
    }

    /** Octets of the messages that they keep, each message once. */
    private static long together(List<OpenMqBacklog> ofTopic) {
        Set<Object> counted = new HashSet<>();
        return ofTopic.stream()
                .mapToLong(backlog -> backlog.bytesBeside(counted))
                .sum();
    }

    /** By user: with several subscriptions one could hold more than anybody and still least in each. */
    private static void endWhoHoldsMost(List<OpenMqBacklog> ofTopic, Listener listener) {
        Map<String, Long> heldBytes =
                ofTopic.stream().collect(groupingBy(OpenMqBacklog::user, summingLong(OpenMqBacklog::heldBytes)));
        String holder = heldBytes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        ofTopic.stream()
                .filter(backlog -> backlog.user().equals(holder) && backlog.heldBytes() > 0)
                .forEach(backlog -> listener.holdsTooMuch(backlog.durableName()));
    }
}
