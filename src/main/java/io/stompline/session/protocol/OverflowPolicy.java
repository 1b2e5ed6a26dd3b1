package io.stompline.session.protocol;

import io.stompline.config.Settings;
import io.stompline.routing.FeedRequest;

/**
 * What happens when a frame does not fit into the outbox of a client that reads slowly. {@link Choice} chooses for a
 * subscription, the outbox alone carries it out.
 */
public enum OverflowPolicy {
    /** The connection ends. For what no one keeps: topics, replies, receipts. */
    CLOSE,
    /** The frame stays with the caller, which waits for room before the next try. For queues. */
    WAIT;

    /**
     * Which subscription has which policy: messages of queues wait at the message broker, the others have no place to
     * wait in. No setting changes that yet; one that does is read here.
     */
    public record Choice() {
        static Choice from(Settings settings) {
            return new Choice();
        }

        /** The policy for the messages of a subscription. */
        public OverflowPolicy of(FeedRequest subscription) {
            return subscription.acknowledged() ? WAIT : CLOSE;
        }
    }
}
