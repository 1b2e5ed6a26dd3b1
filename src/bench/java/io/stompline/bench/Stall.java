package io.stompline.bench;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A subscriber that stops reading, and how long the server puts up with it. One thread at a time. */
final class Stall {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final LoadStream stream;
    private final Tally subscriber;
    private final LoadClient client;
    private long beginNanos;
    private long nextNanos = Long.MAX_VALUE;
    private Optional<Figure> closing = Optional.empty();

    Stall(LoadStream stream, Tally subscriber, LoadClient client) throws IOException {
        this.stream = stream;
        this.subscriber = subscriber;
        this.client = client;
        // What waits is to wait in the server.
        client.socket().keepLittle();
    }

    /** From now on the socket is not read at all, and nobody waits for what the subscriber misses. */
    void begin() {
        stream.forget(subscriber);
        client.socket().stopReading();
        beginNanos = System.nanoTime();
        nextNanos = beginNanos;
    }

    /** Looks now and then whether the connection is still there. */
    void look(long nowNanos) {
        if (nowNanos < nextNanos) {
            return;
        }
        nextNanos = nowNanos + PAUSE_NANOS;
        if (!client.socket().takesBytes()) {
            nextNanos = Long.MAX_VALUE;
            closing = Optional.of(new Figure("the stalled one closed after", (nowNanos - beginNanos) / 1e9, "s"));
        }
    }

    boolean isOpen() {
        return nextNanos < Long.MAX_VALUE;
    }

    /** When it was closed, if it was. */
    Optional<Figure> closing() {
        return closing;
    }
}
