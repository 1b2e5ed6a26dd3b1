package io.stompline.gateway;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Counts the transports that are being closed. Thread-safe. */
public final class ClosingTransports {
    private int open;

    /** Counts one more. The returned task is run when it is closed. Idempotent. */
    public synchronized Runnable add() {
        open++;
        AtomicBoolean closed = new AtomicBoolean();
        return () -> {
            if (closed.compareAndSet(false, true)) {
                remove();
            }
        };
    }

    private synchronized void remove() {
        open--;
        notifyAll();
    }

    /** Waits until none is left, but no longer than that. */
    public synchronized void await(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            for (long left = end - System.nanoTime(); open > 0 && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
