package io.stompline.session.opening;

import io.stompline.frame.Headers;
import io.stompline.routing.hub.Broadcast;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Keeps the live stream of a topic subscription behind its opening: a closed gate holds messages, an open gate passes
 * those that the opening does not cover. Guarded by its subscription's monitor; does not block.
 */
public final class StartGate {
    private List<Broadcast> held = new ArrayList<>(0);
    private boolean open;
    private Predicate<Broadcast> covered = live -> false;

    /** A gate that {@link #begin} opens, or one that is open already. */
    public StartGate(boolean open) {
        this.open = open;
    }

    /** Whether a message may be delivered now. If not, it is held until {@link #begin}, or the opening covers it. */
    public boolean passes(Broadcast live) {
        if (!open) {
            held.add(live);
        }
        return open && !covered.test(live);
    }

    /** How many messages wait for {@link #begin}. */
    public int held() {
        return held.size();
    }

    /**
     * Delivers the opening with its marks. Then opens the gate, unless more of the opening follows: delivers the held
     * messages that it does not cover, in order.
     *
     * @param first takes the opening
     * @param live takes the held messages
     */
    public void begin(Opening opening, BiConsumer<Broadcast, Headers> first, Consumer<Broadcast> live) {
        opening.messages().forEach(message -> first.accept(message, opening.marks()));
        covered = opening.covered();
        if (opening.rest().isPresent()) {
            return;
        }
        open = true;
        List<Broadcast> waited = held;
        held = List.of();
        waited.stream().filter(covered.negate()).forEach(live);
    }
}
