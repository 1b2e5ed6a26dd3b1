package io.stompline.bench;

/** For how long a client has heard nothing at the longest. One thread at a time. */
final class LoadSilence {
    private long heardNanos = System.nanoTime();
    private long longestNanos;

    /** Something came. */
    void end() {
        long now = System.nanoTime();
        longestNanos = longestNanos(now);
        heardNanos = now;
    }

    /** The longest time between two arrivals, up to now. */
    long longestNanos(long nowNanos) {
        return Math.max(longestNanos, nowNanos - heardNanos);
    }
}
