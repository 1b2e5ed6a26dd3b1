package io.stompline.session.timing;

import java.time.Duration;

/**
 * The time of the next check of one connection: within a second, or sooner on request.
 *
 * <p>{@link #atOnce()} may be called on any thread, everything else on the thread of the ticks only.
 */
public final class NextCheck {
    /** Interval of checks of a connection for which nothing is planned. */
    private static final long USUAL_NANOS = Duration.ofSeconds(1).toNanos();

    private volatile boolean atOnce;
    private long nanos;

    /** The connection was opened now, by the nano clock. */
    public NextCheck(long nowNanos) {
        nanos = nowNanos + USUAL_NANOS;
    }

    /** Whether to check now. Asked for every connection ten times a second, so it reads this object only. */
    public boolean isDue(long nowNanos) {
        return atOnce || nowNanos - nanos >= 0;
    }

    /**
     * Requests a check at the next tick. Any thread; the caller writes the state that the check is to see before the
     * call.
     */
    public void atOnce() {
        atOnce = true;
    }

    /** Begins a check; a request from here on, even during this check, gets another one. */
    public void begin(long nowNanos) {
        atOnce = false;
        nanos = nowNanos + USUAL_NANOS;
    }

    /** Brings the next check forward to that time, by the nano clock, if it is later. */
    public void noLaterThan(long dueNanos) {
        if (dueNanos - nanos < 0) {
            nanos = dueNanos;
        }
    }
}
