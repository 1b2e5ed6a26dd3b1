package io.stompline.routing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Who on this node is subscribed to which topic. Consumes each topic once, however many subscribers it has.
 * Thread-safe.
 *
 * <p>Subscribing and leaving may wait for the message broker; delivering does not wait for them.
 */
public final class Router {
    private final MessageBus bus;
    private final Map<Destination, Hub> hubs = new HashMap<>();

    /** A router over that bus. */
    public Router(MessageBus bus) {
        this.bus = bus;
    }

    /**
     * Adds a subscriber.
     *
     * <p>When this returns, every message that is published from now on reaches the subscriber.
     *
     * @param topic a topic, may be a pattern
     * @param subscriber called on the bus's thread, in order; must not block
     * @return takes the subscriber out again; idempotent
     * @throws BusException as {@link MessageBus#openTopic}
     */
    public Registration subscribe(Destination topic, Consumer<Broadcast> subscriber) {
        Hub hub = enter(topic);
        Subscriber entry = new Subscriber(subscriber);
        try {
            hub.add(entry);
        } catch (RuntimeException e) {
            leave(hub);
            throw e;
        }
        return () -> {
            if (hub.remove(entry)) {
                leave(hub);
            }
        };
    }

    /** The topics and patterns that are consumed now, each with the number of its subscribers. */
    public Map<Destination, Integer> subscribersByTopic() {
        synchronized (hubs) {
            Map<Destination, Integer> counts = new HashMap<>();
            hubs.forEach((topic, hub) -> counts.put(topic, hub.subscribers.size()));
            return counts;
        }
    }

    private Hub enter(Destination topic) {
        synchronized (hubs) {
            Hub hub = hubs.computeIfAbsent(topic, Hub::new);
            hub.users++;
            return hub;
        }
    }

    private void leave(Hub hub) {
        boolean unused;
        synchronized (hubs) {
            hub.users--;
            unused = hub.users == 0;
            if (unused) {
                hubs.remove(hub.topic);
            }
        }
        if (unused) {
            hub.close();
        }
    }

    /** Removes a subscriber from the router. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /** Gives each subscription its own identity: one callback may be subscribed twice. */
    private static final class Subscriber {
        private final Consumer<Broadcast> receiver;

        Subscriber(Consumer<Broadcast> receiver) {
            this.receiver = receiver;
        }
    }

    /** One topic with its subscribers on this node. */
    private final class Hub {
        private final Destination topic;
        private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

        /** Subscriptions made or in the making; guarded by {@link Router#hubs}. */
        private int users;

        private Feed feed;

        Hub(Destination topic) {
            this.topic = topic;
        }

        synchronized void add(Subscriber subscriber) {
            // First the subscriber, then the feed: nothing that the feed brings can miss it.
            subscribers.add(subscriber);
            try {
                if (feed == null) {
                    feed = bus.openTopic(topic, this::deliver);
                }
            } catch (RuntimeException e) {
                subscribers.remove(subscriber);
                throw e;
            }
        }

        boolean remove(Subscriber subscriber) {
            return subscribers.remove(subscriber);
        }

        synchronized void close() {
            if (feed != null) {
                feed.close();
            }
        }

        private void deliver(Message message) {
            Broadcast broadcast = new Broadcast(message);
            for (Subscriber subscriber : subscribers) {
                subscriber.receiver.accept(broadcast);
            }
        }
    }
}
