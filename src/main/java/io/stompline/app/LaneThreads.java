package io.stompline.app;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The threads on which the work of connections runs: few while they are enough, more when work has to wait for them. Thread-safe.
 *
 * <p>A few that are always busy carry out more than many, which get into each other's way at the message broker. But work may wait
 * for the broker, or in a handler of a bean, and that of others must not wait with it.
 */
final class LaneThreads implements Executor {
    /** How often {@link #adapt} is to be called. */
    static final Duration ADAPTS_EVERY = Duration.ofMillis(25);

    private static final Duration LONGEST_WAIT = Duration.ofMillis(50);
    private static final Duration CALM = Duration.ofSeconds(10);

    private final int few;
    private final int most;
    private final LongSupplier nanoClock;
    private final ThreadPoolExecutor pool;
    private long busySinceNanos;

    /** A task and when it came. */
    private record Waiting(Runnable task, long sinceNanos) implements Runnable {
        @Override
        public void run() {
            task.run();
        }
    }

    /** From {@code few} threads to {@code most}. */
    LaneThreads(int few, int most, ThreadFactory threads, LongSupplier nanoClock) {
        this.few = few;
        this.most = most;
        this.nanoClock = nanoClock;
        this.busySinceNanos = nanoClock.getAsLong();
        this.pool = new ThreadPoolExecutor(few, most, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(new Waiting(task, nanoClock.getAsLong()));
    }

    /** Allows twice as many threads if work waits for too long, and few again when few are busy for a while. By one thread. */
    void adapt() {
        long now = nanoClock.getAsLong();
        if (pool.getQueue().peek() instanceof Waiting oldest && isLonger(now - oldest.sinceNanos(), LONGEST_WAIT)) {
            pool.setCorePoolSize(Math.min(most, 2 * pool.getCorePoolSize()));
            busySinceNanos = now;
        } else if (pool.getActiveCount() >= few) {
            busySinceNanos = now;
        } else if (pool.getCorePoolSize() > few && isLonger(now - busySinceNanos, CALM)) {
            pool.setCorePoolSize(few);
        }
    }

    private static boolean isLonger(long nanos, Duration limit) {
        return nanos > limit.toNanos();
    }

    /** How many threads there may be at the moment. */
    int size() {
        return pool.getCorePoolSize();
    }

    /** How many work at the moment. */
    int busy() {
        return pool.getActiveCount();
    }

    /** How much work waits for a thread. */
    int waiting() {
        return pool.getQueue().size();
    }

    /** Takes no more work. */
    void shutdown() {
        pool.shutdown();
    }
}
