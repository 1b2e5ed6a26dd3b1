package io.stompline.history;

import io.stompline.routing.Destination;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The messages that are kept of one topic, the oldest first, and the floor: messages up to that number may be missing.
 * Guarded by its {@link History}.
 */
final class Ring {
    /** What an empty ring takes of the memory, about. */
    private static final long EMPTY_BYTES = 400;

    private final Destination pattern;
    private final Retention retention;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long floor;
    private long bytes = EMPTY_BYTES;

    /**
     * An empty ring.
     *
     * @param pattern of its rule
     * @param floor messages up to that number may be missing
     */
    Ring(Destination pattern, Retention retention, long floor) {
        this.pattern = pattern;
        this.retention = retention;
        this.floor = floor;
    }

    Destination pattern() {
        return pattern;
    }

    void add(Entry entry) {
        entries.add(entry);
        bytes += entry.bytes();
        forgetOld(entry.millis());
        while (entries.size() > retention.count()) {
            forgetOldest();
        }
    }

    /** Forgets what is older than the rule says. */
    void forgetOld(long nowMillis) {
        long oldest = nowMillis - retention.age().toMillis();
        while (!entries.isEmpty() && entries.peek().millis() < oldest) {
            forgetOldest();
        }
    }

    void forgetOldest() {
        Entry forgotten = entries.remove();
        bytes -= forgotten.bytes();
        raiseFloor(forgotten.number());
    }

    void raiseFloor(long number) {
        floor = Math.max(floor, number);
    }

    long floor() {
        return floor;
    }

    /** What it takes of the memory, about. */
    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Those behind a number, the newest first. */
    List<Entry> behind(long number) {
        List<Entry> newest = new ArrayList<>();
        Iterator<Entry> next = entries.descendingIterator();
        while (next.hasNext()) {
            Entry entry = next.next();
            if (entry.number() <= number) {
                break;
            }
            newest.add(entry);
        }
        return newest;
    }
}
