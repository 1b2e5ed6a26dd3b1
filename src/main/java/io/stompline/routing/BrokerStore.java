package io.stompline.routing;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The messages that the message broker keeps. Known of a message broker in this JVM; empty for one elsewhere.
 * Thread-safe; waits for no network.
 */
public interface BrokerStore {
    /** Of a message broker that tells nothing. */
    BrokerStore UNKNOWN = new BrokerStore() {};

    /** How full a store takes nothing more. */
    int FULL_PERCENT = 100;

    /**
     * How full a store is.
     *
     * @param bytes octets of all its messages
     * @param maxBytes octets that it takes; 0 or less is no limit
     * @param messages how many messages it has
     * @param maxMessages how many it takes; 0 or less is no limit
     */
    record Fill(long bytes, long maxBytes, long messages, long maxMessages) {
        /** The part that is used, of octets or of messages, whichever is more. */
        public int percent() {
            return Math.max(percent(bytes, maxBytes), percent(messages, maxMessages));
        }

        private static int percent(long used, long max) {
            return max <= 0 ? 0 : (int) Math.min(FULL_PERCENT, used * FULL_PERCENT / max);
        }
    }

    /** How full it is. */
    default Optional<Fill> fill() {
        return Optional.empty();
    }

    /** Octets of the messages of a topic or queue; 0 if there is no such destination. */
    default OptionalLong bytesIn(Destination destination) {
        return OptionalLong.empty();
    }

    /** The names of all durable subscriptions, in use or left behind, as in {@link FeedRequest#durableName}. */
    default Optional<Set<String>> durableNames() {
        return Optional.empty();
    }
}
