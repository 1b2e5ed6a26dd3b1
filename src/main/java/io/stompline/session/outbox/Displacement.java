package io.stompline.session.outbox;

import io.stompline.metrics.Counter;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import java.util.Optional;
import java.util.function.Supplier;

/** Which waiting messages go so that a newer frame has room. A part of the outbox, guarded by its monitor. */
final class Displacement {
    private final Room room;
    private final WaitingFrames queue;
    private final Counter dropped;

    Displacement(Room room, WaitingFrames queue, Metrics metrics) {
        this.room = room;
        this.queue = queue;
        this.dropped = metrics.counter(Meter.MESSAGES_DROPPED);
    }

    /**
     * Puts a message into the place of an older one with the same key. One that is too large for that, or that has to
     * stay behind those that came before it, makes the older one go.
     *
     * @return whether it has a place now
     */
    boolean takesPlaceOfOlder(Backlog backlog, Backlog.Offered message) {
        Optional<Waiting> older = backlog.same(message);
        if (older.isEmpty()) {
            return false;
        }
        int growth = message.frame().size() - older.get().frame().size();
        if (message.ordered() || (growth > 0 && !room.has(growth))) {
            drop(older.get());
            return false;
        }
        queue.grown(older.get(), growth);
        room.count(growth);
        backlog.replace(older.get(), message);
        dropped.increment();
        return true;
    }

    /** Makes room for a message: drops the oldest of its subscription, then of others that may lose messages. */
    void makeRoom(Backlog backlog, int size) {
        if (backlog.isFull()) {
            backlog.oldest().ifPresent(this::drop);
        }
        makeRoom(size, () -> backlog.oldest().or(queue::firstDroppable));
    }

    /** Makes room for a frame that is not dropped. */
    void makeRoom(int size) {
        makeRoom(size, queue::firstDroppable);
    }

    private void makeRoom(int size, Supplier<Optional<Waiting>> victims) {
        // Nothing is dropped in vain.
        boolean moreToDrop = room.fitsIfDropped(size);
        while (moreToDrop && !room.has(size)) {
            Optional<Waiting> next = victims.get();
            next.ifPresent(this::drop);
            moreToDrop = next.isPresent();
        }
    }

    /** Counts a message that was dropped before it waited. */
    void noteDropped(Backlog backlog) {
        backlog.noteDropped();
        dropped.increment();
    }

    private void drop(Waiting waiting) {
        queue.remove(waiting);
        room.count(-waiting.frame().size());
        waiting.drop();
        dropped.increment();
    }
}
