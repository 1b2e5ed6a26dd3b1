package io.stompline.bench;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A subscriber that stops reading, and how long the server puts up with it. One thread at a time. */
final class Stall {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final LoadStream stream;
    private final Tally subscriber;
    private final LoadClient client;
    private long beginNanos;
    private long nextNanos = Long.MAX_VALUE;
    private String note = "it went on reading";

    Stall(LoadStream stream, Tally subscriber, LoadClient client) {
        this.stream = stream;
        this.subscriber = subscriber;
        this.client = client;
    }

    /** From now on the socket is not read at all, and nobody waits for what the subscriber misses. */
    void begin() {
        stream.forget(subscriber);
        client.socket().stopReading();
        beginNanos = System.nanoTime();
        nextNanos = beginNanos;
        note = "the stalled one was not closed";
    }

    /** Looks now and then whether the connection is still there. */
    void look(long nowNanos) {
        if (nowNanos < nextNanos) {
            return;
        }
        nextNanos = nowNanos + PAUSE_NANOS;
        if (!client.socket().takesBytes()) {
            nextNanos = Long.MAX_VALUE;
            note = String.format(Locale.ROOT, "the stalled one was closed after %.1f s", (nowNanos - beginNanos) / 1e9);
        }
    }

    boolean isOpen() {
        return nextNanos < Long.MAX_VALUE;
    }

    String note() {
        return note;
    }
}
