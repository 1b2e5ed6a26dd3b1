package io.stompline.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Has clients send their heart-beats, one after the other, so that the server hears some at any time. One thread at a
 * time.
 */
final class Metronome {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** How much of the interval that was promised passes before a client beats again. */
    private static final double SHARE = 0.75;

    private final double intervalNanos;
    private final List<LoadClient> clients;
    private long lastNanos = System.nanoTime();
    private double due;
    private int next;

    /**
     * For clients that promised this, zero for nothing.
     *
     * @param clients may become more
     */
    Metronome(Duration heartBeats, List<LoadClient> clients) {
        this.intervalNanos = heartBeats.toNanos() * SHARE;
        this.clients = clients;
    }

    /** When to call {@link #beat} again by the nano clock. */
    long nextNanos() {
        return intervalNanos > 0 ? lastNanos + PAUSE_NANOS : Long.MAX_VALUE;
    }

    /** Sends what is due. */
    void beat(long nowNanos) {
        if (nowNanos < nextNanos()) {
            return;
        }
        due += clients.size() * (nowNanos - lastNanos) / intervalNanos;
        lastNanos = nowNanos;
        for (; due >= 1; due--) {
            next = (next + 1) % clients.size();
            clients.get(next).beat();
        }
    }
}
