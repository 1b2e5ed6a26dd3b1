package io.stompline.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A subscriber that reads now and then what its socket holds: about a hundredth of 1,000 messages of 2 KiB a second.
 * One thread at a time.
 */
final class SlowReader {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final String DROPPED = "\nx-dropped:";

    private final LoadStream stream;
    private final Tally subscriber;
    private final LoadClient client;
    private boolean begun;
    private boolean slow;
    private boolean reading;
    private long nextNanos;
    private long readWhileSlow;
    private long dropped;

    SlowReader(LoadStream stream, Tally subscriber, LoadClient client) throws IOException {
        this.stream = stream;
        this.subscriber = subscriber;
        this.client = client;
        // What waits is to wait in the server.
        client.socket().keepLittle();
    }

    /** From now on it is slow, and nobody waits for what it misses. */
    void begin() {
        stream.forget(subscriber);
        client.socket().stopReading();
        begun = true;
        slow = true;
        nextNanos = System.nanoTime() + PAUSE_NANOS;
    }

    /** To be called after each turn of the loop, which has read once what the socket held. */
    void look(long nowNanos) {
        if (!slow || !client.socket().isOpen()) {
            return;
        }
        if (reading) {
            client.socket().stopReading();
            reading = false;
        } else if (nowNanos >= nextNanos) {
            client.socket().startReading();
            reading = true;
            nextNanos = nowNanos + PAUSE_NANOS;
        }
    }

    /** Counts a message by itself, if it is one of this subscriber since {@link #begin}. */
    boolean takes(LoadClient receiver, byte[] bytes, int start, int end) {
        if (receiver != client || !begun) {
            return false;
        }
        stream.tick(subscriber, bytes, end);
        readWhileSlow += slow ? 1 : 0;
        String frame = new String(bytes, start, end - start, StandardCharsets.US_ASCII);
        int header = frame.indexOf(DROPPED);
        if (header >= 0) {
            int number = header + DROPPED.length();
            dropped += Long.parseLong(frame.substring(number, frame.indexOf('\n', number)));
        }
        return true;
    }

    /** From now on it reads like everybody. */
    void end() throws IOException {
        slow = false;
        if (client.socket().isOpen()) {
            client.socket().keepMuch();
            client.socket().startReading();
        }
    }

    /** Whether nothing more is expected of it. */
    boolean isComplete() {
        return slow || !client.socket().isOpen() || stream.hasNewest(subscriber);
    }

    List<Figure> figures() {
        return List.of(
                new Figure("the slow one read", readWhileSlow, "messages"),
                new Figure("was told that it missed", dropped, ""),
                new Figure("missed without a word", stream.missing(subscriber) - dropped, ""));
    }
}
