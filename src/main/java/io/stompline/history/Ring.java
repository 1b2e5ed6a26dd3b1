package io.stompline.history;

import io.stompline.history.rules.Keeping;
import io.stompline.routing.Destination;
import java.util.List;

/**
 * What is kept of one topic, and the floor: of what came before something may be missing. Guarded by its {@link
 * History}.
 *
 * @param <K> what its rule says
 */
abstract sealed class Ring<K extends Keeping> permits MessageRing, ValueRing {
    /** What an empty ring takes of the memory, about. */
    private static final long EMPTY_BYTES = 400;

    private final Destination pattern;
    private final K keeping;
    private Floor floor;
    private long bytes = EMPTY_BYTES;

    /**
     * An empty ring.
     *
     * @param pattern of its rule
     * @param keeping what the rule says
     * @param floor what came before may be missing
     */
    Ring(Destination pattern, K keeping, Floor floor) {
        this.pattern = pattern;
        this.keeping = keeping;
        this.floor = floor;
    }

    final Destination pattern() {
        return pattern;
    }

    /** What the rule says. */
    final K keeping() {
        return keeping;
    }

    /**
     * Adds the newest message.
     *
     * @return how many others were forgotten, though their time had not come
     */
    abstract int add(Entry entry);

    /**
     * Puts messages before the others: another node heard them before this one was there. Those that this node has
     * heard itself are left out.
     *
     * @param older in order
     * @return how many others were forgotten, though their time had not come
     */
    abstract int addOlder(List<Entry> older);

    /** Takes a message of {@link #addOlder} out, because it is about to be added. */
    abstract void replaceOlder(String id);

    /** Forgets what has ended, or is older than the rule says. */
    abstract void forgetOld(long nowMillis);

    abstract void forgetOldest();

    abstract int size();

    /** Those behind a number, the newest first. */
    abstract List<Entry> behind(long number);

    /** One more is kept. */
    final void entered(Entry entry) {
        bytes += entry.bytes();
    }

    /** One is kept no more, because a newer one says all that it said. */
    final void replaced(Entry entry) {
        bytes -= entry.bytes();
    }

    /** One is kept no more, and may be missing. */
    final void forgotten(Entry entry) {
        bytes -= entry.bytes();
        raiseFloor(Floor.of(entry));
    }

    final void raiseFloor(Floor other) {
        floor = floor.and(other);
    }

    final Floor floor() {
        return floor;
    }

    /** What it takes of the memory, about. */
    final long bytes() {
        return bytes;
    }
}
