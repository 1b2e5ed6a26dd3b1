package io.stompline.session.outbox;

import java.util.concurrent.atomic.AtomicLong;

/** The octets that all connections of this node may have waiting together. Thread-safe. */
public final class OutboxBudget {
    /** Octets that every connection may have waiting even when the node is over its budget. */
    private static final int FAIR_BYTES = 32 * 1024;

    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();

    /**
     * A budget of which nothing is used.
     *
     * @param maxBytes octets for all connections together
     */
    public OutboxBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether a connection that has {@code waiting} octets may queue more. */
    boolean allows(long waiting) {
        return waiting <= FAIR_BYTES || bytes.get() <= maxBytes;
    }

    /** The limit for all connections together, in octets. */
    long maxBytes() {
        return maxBytes;
    }

    void add(long delta) {
        bytes.addAndGet(delta);
    }

    /** Octets that wait on all connections now. */
    public long bytes() {
        return bytes.get();
    }
}
