package io.stompline.session.opening;

import io.stompline.frame.Headers;
import io.stompline.routing.hub.Broadcast;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Keeps the live stream of a topic subscription behind its opening: a closed gate holds messages, an open gate passes
 * those that the opening does not cover. Guarded by its subscription's monitor; does not block.
 */
public final class StartGate {
    private Queue<Broadcast> held = new ArrayDeque<>(0);
    private boolean open;
    private Predicate<Broadcast> covered = live -> false;
    private Function<Broadcast, Headers> liveMarks = live -> Headers.none();

    /** A gate that {@link #open} opens, or one that is open already. */
    public StartGate(boolean open) {
        this.open = open;
    }

    /** Whether a message may be delivered now. If not, it is held until {@link #open}, or the opening covers it. */
    public boolean passes(Broadcast live) {
        boolean wanted = !covered.test(live);
        if (!open && wanted) {
            held.add(live);
        }
        return open && wanted;
    }

    /** How many messages wait for {@link #open}. */
    public int held() {
        return held.size();
    }

    /** Forgets the message that has waited longest. */
    public void dropOldest() {
        held.remove();
    }

    /** Delivers the opening, or a part of it, with its marks. */
    public void begin(Opening opening, BiConsumer<Broadcast, Headers> first) {
        opening.messages().forEach(message -> first.accept(message, opening.marks(message)));
        covered = opening.covered();
        liveMarks = opening.liveMarks();
    }

    /** What the frame of a message of the live stream says besides. */
    public Headers marks(Broadcast live) {
        return liveMarks.apply(live);
    }

    /**
     * Delivers the held messages that the opening does not cover, in order, as long as there is room. Then the gate is
     * open.
     *
     * @return whether it is; if not it has to be called again
     */
    public boolean open(BooleanSupplier room, Consumer<Broadcast> live) {
        while (!held.isEmpty() && room.getAsBoolean()) {
            Broadcast next = held.remove();
            if (!covered.test(next)) {
                live.accept(next);
            }
        }
        open = held.isEmpty();
        if (open) {
            // It keeps the size that it had.
            held = new ArrayDeque<>(0);
        }
        return open;
    }
}
