package io.stompline.jms;

import io.stompline.config.Setting;
import io.stompline.jms.feed.OpenFeeds;
import io.stompline.jms.feed.SubscriptionFeed;
import io.stompline.routing.BrokerStore;
import io.stompline.routing.Destination;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages that clients with durable subscriptions have got and not acknowledged. The message broker keeps them, so
 * they can fill a topic. Thread-safe.
 */
final class HeldMessages {
    private final OpenFeeds feeds;
    private final BrokerStore store;

    HeldMessages(OpenFeeds feeds, BrokerStore store) {
        this.feeds = feeds;
        this.store = store;
    }

    /**
     * Ends the subscription that holds most of a topic, if half of what the topic keeps is held. Waits until the
     * messages are in its backlog again.
     *
     * @param minBytes if no more than that is held, it is not what fills a topic, or the whole message broker
     */
    void endLargest(Destination topic, long minBytes) {
        List<SubscriptionFeed> durables = feeds.durables(topic);
        Map<String, Integer> held = new HashMap<>();
        durables.forEach(feed -> held.putAll(feed.held()));
        long bytes = bytes(held);
        if (bytes <= minBytes || 2 * bytes < store.bytesIn(topic).orElse(Long.MAX_VALUE)) {
            return;
        }
        durables.stream()
                .max(Comparator.comparingLong(feed -> bytes(feed.held())))
                .ifPresent(feed -> feed.end("the topic " + topic.text()
                        + " is full of messages that durable subscriptions have got and not acknowledged, this one most"
                        + " of all (" + Setting.SUBSCRIPTION_MAX_UNACKNOWLEDGED.key() + ")"));
    }

    private static long bytes(Map<String, Integer> messages) {
        return messages.values().stream().mapToLong(Integer::longValue).sum();
    }
}
