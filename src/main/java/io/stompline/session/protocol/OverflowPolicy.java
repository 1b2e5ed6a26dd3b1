package io.stompline.session.protocol;

/**
 * What happens when a frame does not fit into the outbox of a client that reads slowly. {@link
 * SessionLimits.SubscriptionLimits#overflow} chooses for a subscription, the outbox alone carries it out.
 */
public enum OverflowPolicy {
    /** The connection ends. For what no one keeps: topics, replies, receipts. */
    CLOSE,
    /** The frame stays with the caller, which waits for room before the next try. For queues. */
    WAIT
}
