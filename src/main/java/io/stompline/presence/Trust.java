package io.stompline.presence;

import java.time.Duration;

/**
 * Whether this node may take silence of the others for their end. It may not while it is cut off from them, or just
 * was, or stood still itself: then it would bury all of them. One thread at a time.
 */
final class Trust {
    /** As long as a node may be silent. */
    static final Duration DOUBTS = Duration.ofSeconds(16);

    /** Longest time between two ticks of a process that runs. */
    private static final Duration STANDSTILL = Duration.ofSeconds(3);

    /** Longer than a node takes to announce itself again: all are known, and have told who is there. */
    private static final Duration ACQUAINTED = Duration.ofSeconds(6);

    /** As {@link #ACQUAINTED}, if one of them does not answer: it may be of another version. */
    private static final Duration ACQUAINTED_AT_LAST = Duration.ofSeconds(10);

    private long tickNanos;
    private long doubtNanos;
    private long connectedNanos;
    private boolean connected;
    private boolean doubted;

    Trust(long nowNanos) {
        tickNanos = nowNanos;
    }

    /** Called again and again. */
    void tick(long nowNanos, boolean isConnected) {
        if (isConnected && !connected) {
            connectedNanos = nowNanos;
        }
        connected = isConnected;
        if (!isConnected || nowNanos - tickNanos > STANDSTILL.toNanos()) {
            doubtNanos = nowNanos;
            doubted = true;
        } else if (nowNanos - doubtNanos >= DOUBTS.toNanos()) {
            doubted = false;
        }
        tickNanos = nowNanos;
    }

    /** Whether silence may be its own fault. */
    boolean doubts() {
        return doubted;
    }

    /** Whether it has been among the others long enough to know them, which have told all or not. */
    boolean knowsOthers(boolean allComplete) {
        long since = tickNanos - connectedNanos;
        return connected && since >= (allComplete ? ACQUAINTED : ACQUAINTED_AT_LAST).toNanos();
    }
}
