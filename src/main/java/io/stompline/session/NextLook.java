package io.stompline.session;

import java.time.Duration;

/**
 * When one connection is to be looked at next: within a second, or sooner if somebody asks for it.
 *
 * <p>{@link #atOnce()} may be called on any thread, everything else on the thread of the ticks only.
 */
final class NextLook {
    /** How often to look at a connection that nothing is known to be due for. */
    private static final long USUAL_NANOS = Duration.ofSeconds(1).toNanos();

    private volatile boolean atOnce;
    private long nanos;

    /** The connection was opened now, by the nano clock. */
    NextLook(long nowNanos) {
        nanos = nowNanos + USUAL_NANOS;
    }

    /** Whether to look now. It is asked about every connection ten times a second, so it looks at nothing but this object. */
    boolean isDue(long nowNanos) {
        return atOnce || nowNanos - nanos >= 0;
    }

    /** A look is wanted at the next tick. Any thread; whoever asks has done before what is to be seen. */
    void atOnce() {
        atOnce = true;
    }

    /** A look begins now; what asks for one from here on, even before this one is over, gets the next. */
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
