package io.stompline.threads;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A monotonic clock in nanoseconds that hardly advances while the process is paused, so that a pause does not count
 * towards the time limits of clients. Thread-safe.
 *
 * <p>One thread calls {@link #tick()} again and again; between two ticks the clock advances by a fixed maximum.
 */
public final class AwakeClock implements LongSupplier {
    /** The time by either clock. */
    private record Tick(long nanos, long awakeNanos) {}

    private final LongSupplier nanoClock;
    private final long mostNanos;
    private volatile Tick last;

    /** Follows a clock that never goes back, by {@code most} from one tick to the next. */
    public AwakeClock(LongSupplier nanoClock, Duration most) {
        this.nanoClock = nanoClock;
        this.mostNanos = most.toNanos();
        long now = nanoClock.getAsLong();
        this.last = new Tick(now, now);
    }

    @Override
    public long getAsLong() {
        // Before the time: one that is older than the tick could make the clock go back.
        Tick tick = last;
        return after(tick, nanoClock.getAsLong());
    }

    /**
     * The process runs. By one thread.
     *
     * @return whether it stood still since the last time
     */
    public boolean tick() {
        Tick before = last;
        long now = nanoClock.getAsLong();
        last = new Tick(now, after(before, now));
        return now - before.nanos() > mostNanos;
    }

    private long after(Tick tick, long now) {
        return tick.awakeNanos() + Math.min(now - tick.nanos(), mostNanos);
    }
}
