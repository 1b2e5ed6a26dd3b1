package io.stompline.session.outbox;

import java.util.concurrent.atomic.AtomicLong;

/** How much all connections of this node may have waiting together. Thread-safe. */
public final class OutboxBudget {
    /** What every connection may have waiting even when the node is over its budget. */
    private static final int FAIR_BYTES = 32 * 1024;

    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();

    /** A budget of that many octets. */
    public OutboxBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether a connection that has {@code waiting} octets may queue more. */
    boolean allows(long waiting) {
        return waiting <= FAIR_BYTES || bytes.get() <= maxBytes;
    }

    void add(long delta) {
        bytes.addAndGet(delta);
    }

    /** Octets that wait on all connections now. */
    public long bytes() {
        return bytes.get();
    }
}
