package io.stompline.session;

import java.time.Duration;

/**
 * The time of the next look at one connection: within a second, or sooner on request.
 *
 * <p>{@link #atOnce()} may be called on any thread, everything else on the thread of the ticks only.
 */
final class NextLook {
    /** Interval of looks at a connection for which nothing is planned. */
    private static final long USUAL_NANOS = Duration.ofSeconds(1).toNanos();

    private volatile boolean atOnce;
    private long nanos;

    /** The connection was opened now, by the nano clock. */
    NextLook(long nowNanos) {
        nanos = nowNanos + USUAL_NANOS;
    }

    /** Whether to look now. Asked for every connection ten times a second, so it reads this object only. */
    boolean isDue(long nowNanos) {
        return atOnce || nowNanos - nanos >= 0;
    }

    /** Requests a look at the next tick. Any thread; the caller has written before what the look is to see. */
    void atOnce() {
        atOnce = true;
    }

    /** Begins a look; a request from here on, even during this look, gets another one. */
    void begin(long nowNanos) {
        atOnce = false;
        nanos = nowNanos + USUAL_NANOS;
    }

    /** Brings the next look forward to that time, by the nano clock, if it is later. */
    void noLaterThan(long dueNanos) {
        if (dueNanos - nanos < 0) {
            nanos = dueNanos;
        }
    }
}
