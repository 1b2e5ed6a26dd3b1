package io.stompline.session.outbox;

import java.util.Optional;

/**
 * The frames that wait in an outbox, in order; one in the middle is removed as fast as the first. Guarded by the
 * monitor of the outbox.
 */
final class WaitingFrames {
    /** Null if there is none. */
    private Waiting first;

    private Waiting last;

    /** Octets of those that may be dropped. */
    private long droppableBytes;

    boolean isEmpty() {
        return first == null;
    }

    /** The one that waits longest; there has to be one. */
    Waiting first() {
        return first;
    }

    /** The one that waits longest among those that may be dropped. */
    Optional<Waiting> firstDroppable() {
        Waiting found = first;
        while (found != null && !found.isDroppable()) {
            found = found.after;
        }
        return Optional.ofNullable(found);
    }

    /** Octets of those that may be dropped. */
    long droppableBytes() {
        return droppableBytes;
    }

    /** One that waits was replaced by a larger or smaller one. */
    void grown(Waiting replaced, int octets) {
        if (replaced.isDroppable()) {
            droppableBytes += octets;
        }
    }

    void add(Waiting added) {
        grown(added, added.frame().size());
        added.before = last;
        if (last == null) {
            first = added;
        } else {
            last.after = added;
        }
        last = added;
    }

    /** Takes out one that waits. */
    void remove(Waiting removed) {
        grown(removed, -removed.frame().size());
        if (removed.before == null) {
            first = removed.after;
        } else {
            removed.before.after = removed.after;
        }
        if (removed.after == null) {
            last = removed.before;
        } else {
            removed.after.before = removed.before;
        }
        removed.before = null;
        removed.after = null;
    }

    void clear() {
        first = null;
        last = null;
        droppableBytes = 0;
    }
}
