package io.stompline.session.outbox;

import io.stompline.frame.EncodedFrame;
import io.stompline.session.protocol.OverflowPolicy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * The messages of one subscription that wait in an outbox and may be dropped there, and how many were. The next that
 * goes out tells it. Guarded by the monitor of the outbox.
 */
public final class Backlog {
    private static final String UNKNOWN = "unknown";

    /** By their key, or by themselves; the oldest first. */
    private final Map<Object, Droppable> waiting = new LinkedHashMap<>();

    private final OverflowPolicy.Dropping policy;
    private final LongConsumer caughtUp;
    /** Since the client was last told. */
    private long dropped;

    /** Since the client last had everything. */
    private long lost;

    private boolean unknown;

    /**
     * Nothing waits.
     *
     * @param caughtUp called with the number of dropped messages when the client has read all that is left; on any
     *     thread, must not block
     */
    public Backlog(OverflowPolicy.Dropping policy, LongConsumer caughtUp) {
        this.policy = policy;
        this.caughtUp = caughtUp;
    }

    /**
     * A message of the subscription.
     *
     * @param key of those with the same key only the latest waits
     * @param ordered whether it stays behind those that came before it, as its position says
     * @param marked the same frame, which says in {@code x-dropped} what is missing before it
     */
    public record Offered(
            Optional<String> key, boolean ordered, EncodedFrame frame, Function<String, EncodedFrame> marked) {}

    /** A frame that waits for its client, or takes the place of one. */
    Waiting enter(Offered offered) {
        Droppable entered = new Droppable(offered);
        waiting.put(entered.key, entered);
        return entered;
    }

    /** The one with that key, if one waits. */
    Optional<Waiting> same(Offered offered) {
        return offered.key().map(waiting::get);
    }

    /** Puts a message into the place of an older one of {@link #same}. */
    void replace(Waiting older, Offered newer) {
        ((Droppable) older).become(newer);
        dropped++;
    }

    /** The one that waits longest. */
    Optional<Waiting> oldest() {
        return waiting.values().stream().map(Waiting.class::cast).findFirst();
    }

    /** Whether as many wait as may. */
    boolean isFull() {
        return waiting.size() >= policy.max();
    }

    /** Messages may be missing before the next one, nobody knows how many. */
    void noteGap() {
        unknown = true;
    }

    /** One that never waited here was dropped. */
    void noteDropped() {
        dropped++;
    }

    /** One that waits. */
    private final class Droppable extends Waiting {
        private final Object key;
        private Offered offered;
        private long lostBefore;

        Droppable(Offered offered) {
            super(offered.frame(), () -> {});
            this.key = offered.key().isPresent() ? offered.key().get() : this;
            this.offered = offered;
        }

        void become(Offered newer) {
            offered = newer;
            replace(newer.frame());
        }

        @Override
        boolean isDroppable() {
            return true;
        }

        @Override
        void drop() {
            waiting.remove(key);
            dropped++;
        }

        @Override
        void leave() {
            waiting.remove(key);
            if (unknown || dropped > 0) {
                replace(offered.marked().apply(unknown ? UNKNOWN : Long.toString(dropped)));
                lost += dropped;
                unknown = false;
                dropped = 0;
            }
            if (waiting.isEmpty()) {
                lostBefore = lost;
                lost = 0;
            }
        }

        @Override
        void written() {
            if (lostBefore > 0) {
                caughtUp.accept(lostBefore);
            }
        }
    }
}
