package io.stompline.session.protocol;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long what a client has begun to send may take until it is whole: a time from its first octet, and a second more
 * for each KiB that has come, so that large frames pass on a slow line. Thread-safe.
 */
public final class FrameDeadline {
    private static final long NANOS_FOR_AN_OCTET = Duration.ofSeconds(1).toNanos() / 1024;

    private final long timeoutNanos;
    private final LongSupplier nanoClock;

    /** The number of what is unfinished, 0 for nothing. */
    private volatile long unfinished;

    private long sinceNanos;
    private long octets;

    /**
     * A deadline for one connection.
     *
     * @param timeout from the first octet
     */
    public FrameDeadline(Duration timeout, LongSupplier nanoClock) {
        this.timeoutNanos = timeout.toNanos();
        this.nanoClock = nanoClock;
    }

    /**
     * Octets came.
     *
     * @param nowUnfinished the number of what they left unfinished, which is another one for each frame; 0 if they
     *     ended with a frame
     */
    public void received(int more, long nowUnfinished) {
        if (nowUnfinished == 0 && unfinished == 0) {
            return;
        }
        synchronized (this) {
            if (nowUnfinished == unfinished) {
                octets += more;
            } else {
                unfinished = nowUnfinished;
                restart();
            }
        }
    }

    /** Nobody reads what comes: counts the time anew. */
    public synchronized void restart() {
        sinceNanos = nanoClock.getAsLong();
        octets = 0;
    }

    /** Whether something has been unfinished for too long. */
    public boolean isOverdue() {
        return unfinished != 0 && isLate();
    }

    private synchronized boolean isLate() {
        return nanoClock.getAsLong() - sinceNanos > timeoutNanos + octets * NANOS_FOR_AN_OCTET;
    }
}
