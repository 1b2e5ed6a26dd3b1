package io.stompline.jms.provider;

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
import java.util.function.Supplier;

/**
 * The durable subscriptions of an OpenMQ in this JVM, by the classes that carry out {@code imqcmd purge dur} there
 * (6.5.1 and 6.7.0). That command and its MBean remove all messages of a subscription and tell no sizes. Thread-safe.
 */
final class OpenMqBacklogs implements DurableBacklogs {
    private static final Logger LOG = System.getLogger(OpenMqBacklogs.class.getName());

    private volatile boolean reachable = true;

    @Override
    public List<Loss> trim(long maxBytes, long keptBytes) {
        return ifReachable(() -> all().stream()
                .filter(subscription -> isOurs(subscription) && mayHave(maxBytes, subscription))
                .flatMap(subscription -> trim(subscription, maxBytes, keptBytes, Set.of()).stream())
                .toList());
    }

    @Override
    public List<Loss> trimTopic(String topic, long keptBytes) {
        return ifReachable(() -> {
            List<Subscription> known = all().stream()
                    .filter(subscription -> topic(subscription).equals(topic))
                    .toList();
            Set<PacketReference> keptAnyway = new HashSet<>();
            known.stream()
                    .filter(subscription -> !isOurs(subscription))
                    .forEach(application -> keptAnyway.addAll(messages(application)));
            return known.stream()
                    .filter(OpenMqBacklogs::isOurs)
                    .flatMap(subscription -> trim(subscription, keptBytes, keptBytes, keptAnyway).stream())
                    .toList();
        });
    }

    private List<Loss> ifReachable(Supplier<List<Loss>> work) {
        try {
            return reachable ? work.get() : List.of();
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

    private static List<Subscription> all() {
        Collection<?> known = Subscription.getAllDurableSubscriptions(null);
        return known.stream().map(Subscription.class::cast).toList();
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

    private static Optional<Loss> trim(
            Subscription subscription, long maxBytes, long keptBytes, Set<PacketReference> keptAnyway) {
        Set<PacketReference> excess = excess(messages(subscription), maxBytes, keptBytes);
        excess.removeAll(keptAnyway);
        if (excess.isEmpty()) {
            return Optional.empty();
        }
        try {
            subscription.purgeConsumer(excess::contains);
            return Optional.of(new Loss(subscription.getDurableName(), topic(subscription), excess.size()));
        } catch (BrokerException e) {
            LOG.log(Level.DEBUG, "messages of a durable subscription could not be removed", e);
            return Optional.empty();
        }
    }

    /** In the order of delivery: higher priorities first. */
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

    private static Set<PacketReference> excess(List<PacketReference> messages, long maxBytes, long keptBytes) {
        long bytes = messages.stream().mapToLong(OpenMqBacklogs::size).sum();
        Set<PacketReference> excess = new HashSet<>();
        if (bytes > maxBytes) {
            messages.sort(Comparator.comparingLong(PacketReference::getTimestamp));
            for (int i = 0; i < messages.size() && bytes > keptBytes; i++) {
                bytes -= size(messages.get(i));
                excess.add(messages.get(i));
            }
        }
        return excess;
    }

    private static long size(PacketReference message) {
        return message.byteSize() + MESSAGE_BYTES;
    }
}
