package io.stompline.session.outbox;

/**
 * What happens when a frame does not fit into the outbox of a client that reads slowly. Whoever offers the frame
 * chooses; {@link Outbox} alone carries it out.
 */
public enum OverflowPolicy {
    /** {@link OverflowListener} ends the connection. For what no one keeps: topics, replies, receipts. */
    CLOSE,
    /** The frame stays with the caller, who waits in {@link Outbox#awaitRoom} before the next try. For queues. */
    WAIT
}
