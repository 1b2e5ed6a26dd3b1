package io.stompline.session;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many frames a connection may have carried out in a second: a token bucket that holds two seconds' worth. One
 * thread at a time, but for {@link #isOpen()}.
 */
final class FrameRate {
    private static final double BURST_SECONDS = 2;

    private final int perSecond;
    private final LongSupplier nanoClock;
    private volatile double tokens;
    private volatile long filledNanos;

    /** A rate of that many frames a second; 0 for no limit. */
    FrameRate(int perSecond, LongSupplier nanoClock) {
        this.perSecond = perSecond;
        this.nanoClock = nanoClock;
        this.tokens = BURST_SECONDS * perSecond;
        this.filledNanos = nanoClock.getAsLong();
    }

    /** Takes one frame's turn if there is one. */
    boolean tryTake() {
        if (perSecond == 0) {
            return true;
        }
        double now = tokensNow();
        if (now < 1) {
            return false;
        }
        tokens = now - 1;
        filledNanos = nanoClock.getAsLong();
        return true;
    }

    /** Whether another frame may be carried out. Any thread. */
    boolean isOpen() {
        return perSecond == 0 || tokensNow() >= 1;
    }

    private double tokensNow() {
        double seconds = (nanoClock.getAsLong() - filledNanos) / (double) TimeUnit.SECONDS.toNanos(1);
        return Math.min(BURST_SECONDS * perSecond, tokens + seconds * perSecond);
    }
}
