package io.stompline.routing;

import java.util.function.Consumer;

/**
 * Takes the deliveries of a feed. {@link #accept} is called on a thread of the feed, one delivery at a time, in order;
 * it may block to hold the feed back, and must return when the feed's owner is closing.
 */
@FunctionalInterface
public interface FeedReceiver extends Consumer<Delivery> {
    /**
     * The bus is about to close the feed, because what the receiver has not settled is in the way of others. {@link
     * #accept} must return soon. Any thread; must not block.
     *
     * @param why a sentence for the client, with the name of the setting
     */
    default void ended(String why) {
        // Whoever settles at once is never in the way.
    }
}
