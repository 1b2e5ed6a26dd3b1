package io.stompline.jms.provider;

import java.util.regex.Pattern;

/**
 * The messages that the message broker keeps for durable subscriptions of our clients, as far as it lets us remove
 * some. Those of JMS applications are left alone. Thread-safe; waits for no network.
 */
@FunctionalInterface
public interface DurableBacklogs {
    /** Of a message broker that lets us remove nothing. */
    DurableBacklogs OUT_OF_REACH = (maxBytes, listener) -> {};

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

    /** Is told at once of what was done, and of what has to be done elsewhere. */
    interface Listener {
        /** A subscription has lost messages. */
        void lost(Loss loss);

        /**
         * A consumer has got too much that it does not acknowledge, which nobody can remove: it has to end.
         *
         * @param durableName its subscription
         */
        void holdsTooMuch(String durableName);
    }

    /**
     * Removes the oldest messages of each subscription that keeps more than {@code maxBytes}, until it keeps three
     * quarters of that, those included that a consumer has got and not acknowledged. These stay themselves; beside them
     * there is always room for an eighth. Where the subscriptions to one topic keep more than twice {@code maxBytes}
     * together, each is left an eighth, or less if there are more than eight; if that is not enough, the consumers of
     * the user who holds most have to end. Oldest is what was sent first. Copies for others stay.
     *
     * @param maxBytes octets of a subscription, with {@link #MESSAGE_BYTES} more for each message
     */
    void trim(long maxBytes, Listener listener);
}
