package io.stompline.session.timing;

import io.stompline.frame.Frame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Frames of one connection that cannot be carried out yet: the one that waits for a condition, and those received after
 * it. On the lane only, but for {@link #isWaiting()}, {@link #isLimited()}, {@link #isReady()} and {@link
 * #isOverdue()}.
 */
public final class Deferral {
    /** The condition that the first frame waits for, and since when. */
    private record Wait(BooleanSupplier over, boolean limited, long sinceNanos) {}

    private static final Wait NONE = new Wait(() -> false, false, 0);

    private final Duration limit;
    private final LongSupplier nanoClock;
    private final Queue<Frame> frames = new ArrayDeque<>();
    private volatile Wait wait = NONE;

    /** Nothing waits; a limited wait may take {@code limit}. */
    public Deferral(Duration limit, LongSupplier nanoClock) {
        this.limit = limit;
        this.nanoClock = nanoClock;
    }

    /** Whether frames wait, so that later ones have to wait as well. */
    public boolean isActive() {
        return !frames.isEmpty();
    }

    public void add(Frame frame) {
        frames.add(frame);
    }

    /** The frame that waits longest; it stays until {@link #remove()}. */
    public Frame first() {
        return frames.element();
    }

    public void remove() {
        frames.remove();
        wait = NONE;
    }

    /** The first frame waits without a limit. */
    public void until(BooleanSupplier over) {
        wait = new Wait(over, false, nanoClock.getAsLong());
    }

    /** The first frame waits at most for the limit, counted from that time of the clock. */
    public void untilAtMost(BooleanSupplier over, long sinceNanos) {
        wait = new Wait(over, true, sinceNanos);
    }

    /** Whether the first frame waits, or waited until now, for what may take no longer than the limit. Any thread. */
    public boolean isLimited() {
        return wait.limited();
    }

    /** Whether the first frame has to wait. Any thread. */
    public boolean isWaiting() {
        return !wait.equals(NONE);
    }

    /** Whether the first frame need not wait any more. Any thread. */
    public boolean isReady() {
        return wait.over().getAsBoolean();
    }

    /** Whether the first frame has waited for longer than the limit. Any thread. */
    public boolean isOverdue() {
        Wait now = wait;
        return now.limited() && nanoClock.getAsLong() - now.sinceNanos() > limit.toNanos();
    }
}
