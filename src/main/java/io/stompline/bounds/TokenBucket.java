package io.stompline.bounds;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A rate: a bucket that holds two seconds' worth of tokens and is filled all the time. Thread-safe. */
public final class TokenBucket {
    private static final double BURST_SECONDS = 2;

    private final long perSecond;
    private final LongSupplier nanoClock;
    private double tokens;
    private long filledNanos;

    /** A full bucket for that many tokens a second; 0 for no limit. */
    public TokenBucket(long perSecond, LongSupplier nanoClock) {
        this.perSecond = perSecond;
        this.nanoClock = nanoClock;
        this.tokens = BURST_SECONDS * perSecond;
        this.filledNanos = nanoClock.getAsLong();
    }

    /** Takes one token if there is one. */
    public boolean tryTake() {
        return tryTake(1);
    }

    /** Takes that many tokens if there is at least one; if there are fewer, the rest is paid back before the next. */
    public boolean tryTake(long amount) {
        return perSecond == 0 || takeNow(amount);
    }

    /** Whether there is a token. */
    public boolean isOpen() {
        return perSecond == 0 || hasToken();
    }

    private synchronized boolean takeNow(long amount) {
        fill();
        if (tokens < 1) {
            return false;
        }
        tokens -= amount;
        return true;
    }

    private synchronized boolean hasToken() {
        fill();
        return tokens >= 1;
    }

    private void fill() {
        long now = nanoClock.getAsLong();
        double seconds = (now - filledNanos) / (double) TimeUnit.SECONDS.toNanos(1);
        tokens = Math.min(BURST_SECONDS * perSecond, tokens + seconds * perSecond);
        filledNanos = now;
    }
}
