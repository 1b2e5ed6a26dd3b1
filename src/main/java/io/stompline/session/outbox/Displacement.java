package io.stompline.session.outbox;

import io.stompline.metrics.Counter;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import java.util.Optional;

/** Which waiting messages go so that a newer one has room. A part of the outbox, guarded by its monitor. */
final class Displacement {
    private final Outbox outbox;
    private final WaitingFrames queue;
    private final Counter dropped;

    Displacement(Outbox outbox, WaitingFrames queue, Metrics metrics) {
        this.outbox = outbox;
        this.queue = queue;
        this.dropped = metrics.counter(Meter.MESSAGES_DROPPED);
    }

    /**
     * Puts a message into the place of an older one with the same key. If it is too large for that the older one goes.
     *
     * @return whether it has a place now
     */
    boolean takesPlaceOfOlder(Backlog backlog, Backlog.Offered message) {
        Optional<Waiting> older = backlog.same(message);
        if (older.isEmpty()) {
            return false;
        }
        int growth = message.frame().size() - older.get().frame().size();
        if (growth > 0 && !outbox.hasRoom(growth)) {
            drop(older.get());
            return false;
        }
        outbox.count(growth);
        backlog.replace(older.get(), message);
        dropped.increment();
        return true;
    }

    /** Drops the oldest of a subscription, then of others that may lose messages, until there is room. */
    void makeRoom(Backlog backlog, int size) {
        if (backlog.isFull()) {
            backlog.oldest().ifPresent(this::drop);
        }
        boolean moreToDrop = true;
        while (moreToDrop && !outbox.hasRoom(size)) {
            Optional<Waiting> next = backlog.oldest().or(queue::firstDroppable);
            next.ifPresent(this::drop);
            moreToDrop = next.isPresent();
        }
    }

    private void drop(Waiting waiting) {
        queue.remove(waiting);
        outbox.count(-waiting.frame().size());
        waiting.drop();
        dropped.increment();
    }
}
