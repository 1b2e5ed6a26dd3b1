package io.stompline.app;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * The threads on which the work of connections runs: a few that run, and one more for each that is held up. Thread-safe.
 *
 * <p>A few that are always busy carry out more than many, which get into each other's way at the message broker. But work may wait
 * for the broker, or in a handler of a bean, and that of others must not wait with it. A thread that only waits for a processor is
 * not held up: more threads would make it wait for longer.
 */
final class LaneThreads implements Executor {
    /** How often {@link #adapt} is to be called. */
    static final Duration ADAPTS_EVERY = Duration.ofMillis(25);

    private static final Duration LONGEST_TASK = Duration.ofMillis(100);

    /** Whoever has the processor for less than this part of the time waits for something else, such as a database. */
    private static final int LEAST_PART = 20;

    private static final Duration CALM = Duration.ofSeconds(10);

    /** Of the latest look in the average. */
    private static final double WEIGHT = 0.5;

    private final int few;
    private final int most;
    private final LongSupplier nanoClock;
    private final Pool pool;

    /** How many are held up, on average of the last few times that we looked: one look may meet a coincidence. */
    private double heldUp;

    /** The most that were wanted since then. */
    private int wanted;

    private long sinceNanos;

    /** Knows what runs. */
    private static final class Pool extends ThreadPoolExecutor {
        private final LongSupplier nanoClock;
        private final ToLongFunction<Thread> cpuNanos;
        private final Map<Thread, Long> startNanos = new ConcurrentHashMap<>();

        /** What those had used who were at a task when we looked, and when that was. */
        private Map<Thread, Long> usedNanos = Map.of();

        private long lookedNanos;

        Pool(int few, int most, ThreadFactory threads, LongSupplier nanoClock, ToLongFunction<Thread> cpuNanos) {
            super(few, most, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
            this.nanoClock = nanoClock;
            this.cpuNanos = cpuNanos;
        }

        @Override
        protected void beforeExecute(Thread thread, Runnable task) {
            startNanos.put(thread, nanoClock.getAsLong());
        }

        @Override
        protected void afterExecute(Runnable task, Throwable failure) {
            startNanos.remove(Thread.currentThread());
        }

        /** How many at a task are held up. By one thread. */
        int heldUp() {
            long now = nanoClock.getAsLong();
            Map<Thread, Long> used = new HashMap<>();
            int count = 0;
            for (Map.Entry<Thread, Long> running : startNanos.entrySet()) {
                Thread thread = running.getKey();
                long nanos = cpuNanos.applyAsLong(thread);
                used.put(thread, nanos);
                boolean resting =
                        nanos - usedNanos.getOrDefault(thread, Long.MIN_VALUE / 2) < (now - lookedNanos) / LEAST_PART;
                if (resting || waits(thread) || isLonger(now - running.getValue(), LONGEST_TASK)) {
                    count++;
                }
            }
            usedNanos = used;
            lookedNanos = now;
            return count;
        }

        /** A lock of the language is left out: whoever has it is running. */
        private static boolean waits(Thread thread) {
            Thread.State state = thread.getState();
            return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
        }
    }

    /**
     * From {@code few} threads to {@code most}.
     *
     * @param cpuNanos how long a thread has had a processor
     */
    LaneThreads(int few, int most, ThreadFactory threads, LongSupplier nanoClock, ToLongFunction<Thread> cpuNanos) {
        this.few = few;
        this.most = most;
        this.nanoClock = nanoClock;
        this.pool = new Pool(few, most, threads, nanoClock, cpuNanos);
        this.wanted = few;
        this.sinceNanos = nanoClock.getAsLong();
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    /** Allows more threads at once if some are held up, and fewer when fewer have been enough for a while. By one thread. */
    void adapt() {
        long now = nanoClock.getAsLong();
        heldUp += (pool.heldUp() - heldUp) * WEIGHT;
        wanted = Math.max(wanted, Math.min(most, few + (int) heldUp));
        if (wanted >= pool.getCorePoolSize() || isLonger(now - sinceNanos, CALM)) {
            pool.setCorePoolSize(wanted);
            wanted = few;
            sinceNanos = now;
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
