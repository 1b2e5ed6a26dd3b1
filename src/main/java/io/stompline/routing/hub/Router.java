package io.stompline.routing.hub;

import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.routing.Feed;
import io.stompline.routing.Message;
import io.stompline.routing.MessageBus;
import io.stompline.routing.Receiver;
import io.stompline.routing.TopicPattern;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The subscribers of this node by topic. Consumes each topic once, however many subscribers it has; topics of
 * which a {@link Recorder} keeps messages it consumes all the time, by the pattern of their rule. Thread-safe.
 *
 * <p>Subscribing and leaving may wait for the message broker; delivering does not wait for them.
 */
public final class Router {
    private final MessageBus bus;
    private final Recorder recorder;
    private final Map<Source, Hub> hubs = new HashMap<>();

    /**
     * The destination that is consumed.
     *
     * @param topic may be a pattern
     * @param kept whether the recorder keeps its messages; then it is consumed for all topics that it means
     */
    private record Source(Destination topic, boolean kept) {}

    /** A router over that bus; what comes from it is shown to the recorder. */
    public Router(MessageBus bus, Recorder recorder) {
        this.bus = bus;
        this.recorder = recorder;
    }

    /**
     * Adds a subscriber.
     *
     * <p>When this returns, every message that is published from now on reaches the subscriber.
     *
     * @param topic a topic, may be a pattern
     * @param receiver called on the bus's thread, in order; must not block
     * @return takes the subscriber out again; idempotent
     * @throws BusException as {@link MessageBus#openTopic}
     */
    public Registration subscribe(Destination topic, Receiver<Broadcast> receiver) {
        Hub hub = enter(sourceOf(topic));
        Subscriber subscriber = new Subscriber(new TopicPattern(topic), receiver);
        try {
            hub.add(subscriber);
        } catch (RuntimeException e) {
            leave(hub);
            throw e;
        }
        return () -> {
            if (hub.remove(subscriber)) {
                leave(hub);
            }
        };
    }

    /**
     * Consumes a pattern of the recorder until the end of the node, whoever subscribes.
     *
     * @throws BusException as {@link MessageBus#openTopic}; it may be called again
     */
    public void keep(Destination pattern) {
        Hub hub = enter(new Source(pattern, true));
        try {
            hub.open();
        } finally {
            leave(hub);
        }
    }

    /** The topics and patterns that have subscribers now, each with their number. */
    public Map<Destination, Integer> subscribersByTopic() {
        synchronized (hubs) {
            Map<Destination, Integer> counts = new HashMap<>();
            hubs.values().forEach(hub -> hub.subscribers().forEach(each -> counts.merge(each, 1, Integer::sum)));
            return counts;
        }
    }

    private Source sourceOf(Destination topic) {
        Optional<Destination> pattern = recorder.covering(topic);
        return new Source(pattern.orElse(topic), pattern.isPresent());
    }

    private Hub enter(Source source) {
        synchronized (hubs) {
            Hub hub = hubs.computeIfAbsent(source, Hub::new);
            hub.users++;
            return hub;
        }
    }

    private void leave(Hub hub) {
        boolean unused;
        synchronized (hubs) {
            hub.users--;
            unused = hub.users == 0 && !hub.source.kept();
            if (unused) {
                hubs.remove(hub.source);
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

    /** Gives each subscription its own identity: one receiver may be subscribed twice. */
    private static final class Subscriber {
        private final TopicPattern topic;
        private final Receiver<Broadcast> receiver;

        Subscriber(TopicPattern topic, Receiver<Broadcast> receiver) {
            this.topic = topic;
            this.receiver = receiver;
        }
    }

    /** One source with its subscribers on this node. */
    private final class Hub implements Receiver<Message> {
        private final Source source;

        /** Those who subscribed to the source itself, or to another pattern that it covers. */
        private final List<Subscriber> wide = new CopyOnWriteArrayList<>();

        /** Those who subscribed to one topic of a source that is kept. */
        private final Map<Destination, List<Subscriber>> narrow = new ConcurrentHashMap<>();

        /** Subscriptions made or in the making; guarded by {@link Router#hubs}. */
        private int users;

        private Feed feed;

        Hub(Source source) {
            this.source = source;
        }

        synchronized void add(Subscriber subscriber) {
            // First the subscriber, then the feed: nothing that the feed brings can miss it.
            enter(subscriber);
            try {
                open();
            } catch (RuntimeException e) {
                remove(subscriber);
                throw e;
            }
        }

        synchronized void open() {
            if (feed == null) {
                feed = bus.openTopic(source.topic(), this);
            }
        }

        private void enter(Subscriber subscriber) {
            Destination topic = subscriber.topic.pattern();
            if (!source.kept() || topic.isPattern()) {
                wide.add(subscriber);
                return;
            }
            narrow.compute(topic, (same, known) -> {
                List<Subscriber> ofTopic = known == null ? new CopyOnWriteArrayList<>() : known;
                ofTopic.add(subscriber);
                return ofTopic;
            });
        }

        boolean remove(Subscriber subscriber) {
            boolean[] removed = {wide.remove(subscriber)};
            narrow.computeIfPresent(subscriber.topic.pattern(), (same, ofTopic) -> {
                removed[0] |= ofTopic.remove(subscriber);
                return ofTopic.isEmpty() ? null : ofTopic;
            });
            return removed[0];
        }

        /** The topic of each subscriber. */
        List<Destination> subscribers() {
            return Stream.concat(Stream.of(wide), narrow.values().stream())
                    .flatMap(List::stream)
                    .map(subscriber -> subscriber.topic.pattern())
                    .toList();
        }

        synchronized void close() {
            if (feed != null) {
                feed.close();
            }
        }

        @Override
        public void accept(Message message) {
            if (source.kept()) {
                recorder.record(source.topic(), message).ifPresent(this::spread);
                return;
            }
            Broadcast broadcast = new Broadcast(message);
            for (Subscriber subscriber : wide) {
                subscriber.receiver.accept(broadcast);
            }
        }

        private void spread(Broadcast broadcast) {
            Destination topic = broadcast.message().destination();
            for (Subscriber subscriber : narrow.getOrDefault(topic, List.of())) {
                subscriber.receiver.accept(broadcast);
            }
            for (Subscriber subscriber : wide) {
                if (subscriber.topic.matches(topic)) {
                    subscriber.receiver.accept(broadcast);
                }
            }
        }

        @Override
        public void interrupted() {
            if (source.kept()) {
                recorder.interrupted(source.topic());
            }
            Stream.concat(Stream.of(wide), narrow.values().stream())
                    .flatMap(List::stream)
                    .forEach(subscriber -> subscriber.receiver.interrupted());
        }
    }
}
