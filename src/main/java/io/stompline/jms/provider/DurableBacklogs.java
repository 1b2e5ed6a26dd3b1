package io.stompline.jms.provider;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The messages that the message broker keeps for durable subscriptions of our clients, as far as it lets us remove
 * some. Those of JMS applications are left alone. Thread-safe; waits for no network.
 */
public interface DurableBacklogs {
    /** Of a message broker that lets us remove nothing. */
    DurableBacklogs OUT_OF_REACH = new DurableBacklogs() {};

    /** The size of a message besides its octets: objects in memory. */
    int MESSAGE_BYTES = 512;

    /** As sessions name theirs: user, client-id that may be empty, name of the client. */
    Pattern OURS = Pattern.compile("[^/]+/[^/]*/[^/]+");

    /**
     * What a subscription lost.
     *
     * @param durableName its name, as in {@link io.stompline.routing.FeedRequest#durableName}
     * @param topic JMS name of its topic
     * @param messages how many
     */
    record Loss(String durableName, String topic, int messages) {}

    /**
     * Removes the oldest messages of each subscription that has more than {@code maxBytes}, until it has at most {@code
     * keptBytes}, with {@link #MESSAGE_BYTES} for each message. Copies for others stay, and what a consumer has got
     * and not acknowledged.
     */
    default List<Loss> trim(long maxBytes, long keptBytes) {
        return List.of();
    }

    /**
     * Likewise of each subscription to that topic that has more than {@code keptBytes}, but only messages that no JMS
     * application keeps as well: that would make no room in the topic.
     *
     * @param topic its JMS name
     */
    default List<Loss> trimTopic(String topic, long keptBytes) {
        return List.of();
    }
}
