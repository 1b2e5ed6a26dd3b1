package io.stompline.jms.provider;

import static java.util.stream.Collectors.groupingBy;

import com.sun.messaging.jmq.jmsserver.core.Destination;
import com.sun.messaging.jmq.jmsserver.core.PacketReference;
import com.sun.messaging.jmq.jmsserver.core.Subscription;
import com.sun.messaging.jmq.jmsserver.util.BrokerException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The durable subscriptions of an OpenMQ in this JVM, by the classes that carry out {@code imqcmd purge dur} there
 * (6.5.1 and 6.7.0). That command and its MBean remove all messages of a subscription and tell no sizes. Thread-safe.
 */
final class OpenMqBacklogs implements DurableBacklogs {
    private static final Logger LOG = System.getLogger(OpenMqBacklogs.class.getName());

    private volatile boolean reachable = true;

    @Override
    public List<Loss> trim(long maxBytes) {
        try {
            return reachable ? trimTopics(maxBytes) : List.of();
        } catch (LinkageError notHere) {
            reachable = false;
            LOG.log(
                    Level.WARNING,
                    "the application does not see the classes of OpenMQ's broker: durable subscriptions have no limit"
                            + " of their own",
                    notHere);
            return List.of();
        }
    }

    private static List<Loss> trimTopics(long maxBytes) {
        Collection<?> known = Subscription.getAllDurableSubscriptions(null);
        return known.stream()
                .map(Subscription.class::cast)
                .filter(subscription -> isOurs(subscription) && mayHave(maxBytes, subscription))
                .collect(groupingBy(OpenMqBacklogs::topic))
                .values()
                .stream()
                .flatMap(ofTopic -> trim(ofTopic, maxBytes))
                .toList();
    }

    private static boolean isOurs(Subscription subscription) {
        return subscription.getClientID() == null
                && OURS.matcher(subscription.getDurableName()).matches();
    }

    private static String topic(Subscription subscription) {
        return subscription.getDestinationUID().getName();
    }

    /** Most topics have too little altogether: their messages are not looked at one by one. */
    private static boolean mayHave(long bytes, Subscription subscription) {
        Destination topic = subscription.getFirstDestination();
        return topic != null && topic.byteSize() + (long) MESSAGE_BYTES * topic.size() > bytes;
    }

    private static Stream<Loss> trim(List<Subscription> ofTopic, long maxBytes) {
        List<Loss> losses = new ArrayList<>();
        Set<PacketReference> kept = new HashSet<>();
        for (Subscription subscription : ofTopic) {
            List<PacketReference> messages = messages(subscription);
            if (size(messages) > maxBytes) {
                trim(subscription, messages, maxBytes - maxBytes / 4).ifPresent(losses::add);
            }
            kept.addAll(messages);
        }
        if (size(kept) > 2 * maxBytes) {
            ofTopic.forEach(subscription ->
                    trim(subscription, messages(subscription), maxBytes / 8).ifPresent(losses::add));
        }
        return losses.stream();
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
    private static Optional<Loss> trim(Subscription subscription, List<PacketReference> messages, long keptBytes) {
        Set<PacketReference> excess = excess(messages, keptBytes);
        if (excess.isEmpty()) {
            return Optional.empty();
        }
        try {
            subscription.purgeConsumer(excess::contains);
            messages.removeAll(excess);
            return Optional.of(new Loss(subscription.getDurableName(), topic(subscription), excess.size()));
        } catch (BrokerException e) {
            LOG.log(Level.DEBUG, "messages of a durable subscription could not be removed", e);
            return Optional.empty();
        }
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
        return messages.stream().mapToLong(OpenMqBacklogs::size).sum();
    }

    private static long size(PacketReference message) {
        return message.byteSize() + MESSAGE_BYTES;
    }
}
