package io.stompline.jms.feed;

/**
 * Counts the deliveries of a feed that are not settled, and keeps its listener from the next while they are as many as
 * allowed. Thread-safe.
 */
final class Prefetch {
    private final int limit;
    private int open;
    private boolean closed;

    /** @param limit deliveries that may be open at a time, 1 or more */
    Prefetch(int limit) {
        this.limit = limit;
    }

    /** Counts a delivery. */
    synchronized void enter() {
        open++;
    }

    /** Counts a delivery that was settled, or could not be settled: the feed goes on in both cases. */
    synchronized void leave() {
        open--;
        notifyAll();
    }

    /** Waits until another may be delivered, or until the end. */
    synchronized void awaitRoom() {
        try {
            while (open >= limit && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Releases waiting threads. Idempotent. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
