package io.stompline.routing;

import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Topics in the memory of this node, for messages that are out of date a second later. Thread-safe.
 *
 * <p>A message reaches those who consume its topic now, on the thread of the publisher, and nobody else. There are
 * no queues, no selectors and nothing durable.
 */
final class InMemoryTopics {
    private static final System.Logger LOG = System.getLogger(InMemoryTopics.class.getName());

    private final InstantSource clock;
    private final AtomicLong published = new AtomicLong();
    private final Map<Destination, List<LocalFeed>> plain = new ConcurrentHashMap<>();
    private final List<LocalFeed> patterns = new CopyOnWriteArrayList<>();

    /** A bus on which nothing is consumed yet. */
    InMemoryTopics(InstantSource clock) {
        this.clock = clock;
    }

    /** Gives the message to all consumers of its topic; when this returns, they have it. */
    void publish(Message message) {
        Message stamped = stamped(message);
        plain.getOrDefault(message.destination(), List.of()).forEach(feed -> feed.deliver(stamped));
        for (LocalFeed feed : patterns) {
            if (feed.pattern.matches(message.destination())) {
                feed.deliver(stamped);
            }
        }
    }

    /** As {@link MessageBus#openTopic}, but for failures: there are none. */
    Feed openTopic(Destination topic, Receiver<Message> receiver) {
        LocalFeed feed = new LocalFeed(topic, receiver);
        if (topic.isPattern()) {
            patterns.add(feed);
        } else {
            plain.compute(topic, (same, feeds) -> {
                List<LocalFeed> known = feeds == null ? new CopyOnWriteArrayList<>() : feeds;
                known.add(feed);
                return known;
            });
        }
        return feed;
    }

    /** Sets the headers that the message broker sets for its own topics. */
    private Message stamped(Message message) {
        Headers headers = new Headers.Builder()
                .add(HeaderNames.TIMESTAMP, Long.toString(clock.millis()))
                .addAll(message.headers().firstOfEach(name -> !HeaderNames.SET_BY_SERVER.contains(name)))
                .build();
        return new Message(
                message.destination(),
                headers,
                message.body(),
                message.origin(),
                message.audience(),
                Message.LOCAL_ID_PREFIX + published.incrementAndGet());
    }

    private void remove(LocalFeed feed) {
        patterns.remove(feed);
        plain.computeIfPresent(feed.address(), (same, feeds) -> {
            feeds.remove(feed);
            return feeds.isEmpty() ? null : feeds;
        });
    }

    /** One consumer. */
    private final class LocalFeed implements Feed {
        private final TopicPattern pattern;
        private final Receiver<Message> receiver;

        LocalFeed(Destination topic, Receiver<Message> receiver) {
            this.pattern = new TopicPattern(topic);
            this.receiver = receiver;
        }

        /** One at a time: receivers do not block, so publishers hardly wait for one another. */
        synchronized void deliver(Message message) {
            try {
                receiver.accept(message);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "a message of " + address() + " is skipped", e);
            }
        }

        @Override
        public Destination address() {
            return pattern.pattern();
        }

        @Override
        public void close() {
            remove(this);
        }

        @Override
        public void closeAndForget() {
            close();
        }
    }
}
