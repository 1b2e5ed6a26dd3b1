package io.stompline.jms.provider;

import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The messages that the message broker keeps for durable subscriptions of our clients, as far as it lets us remove
 * some. Those of JMS applications are left alone. Thread-safe; waits for no network.
 */
@FunctionalInterface
public interface DurableBacklogs {
    /** Of a message broker that lets us remove nothing. */
    DurableBacklogs OUT_OF_REACH = (maxBytes, losses) -> {};

    /** The size of a message besides its octets: objects in memory. */
    int MESSAGE_BYTES = 512;

    /** As sessions name theirs: user, client-id that may be empty, name of the client. */
    Pattern OURS = Pattern.compile("[^/]+/[^/]*/[^/]+");

    /**
     * The messages that a subscription lost.
     *
     * @param durableName its name, as in {@link io.stompline.routing.FeedRequest#durableName}
     * @param topic JMS name of its topic
     * @param messages how many
     */
    record Loss(String durableName, String topic, int messages) {}

    /**
     * Removes the oldest messages of each subscription that keeps more than {@code maxBytes}, until it keeps three
     * quarters of that. Where the subscriptions to one topic keep more than twice {@code maxBytes} together, which
     * those with different selectors may, each is left an eighth, or less if there are more than eight. Oldest is what
     * was sent first. Copies for others stay, and so does what a consumer had got and not acknowledged.
     *
     * @param maxBytes octets of a subscription, with {@link #MESSAGE_BYTES} more for each message
     * @param losses is told of each at once
     */
    void trim(long maxBytes, Consumer<Loss> losses);
}
