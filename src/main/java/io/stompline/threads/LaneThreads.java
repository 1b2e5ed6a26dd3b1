package io.stompline.threads;

import io.stompline.bounds.OnceLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * The thread pool of all lanes: a few threads, and one more for each thread that is blocked. Thread-safe.
 *
 * <p>A few busy threads do more work than many, which contend at the message broker. But a task may wait for the
 * message broker, or in a handler of a bean, and tasks of other connections must not wait with it. A thread that only
 * waits for a processor is not blocked: more threads would make it wait longer. Blocked is a thread that waits
 * (WAITING, TIMED_WAITING), one that hardly used a processor in the last 200 ms, and one that has run one task (a turn
 * of a connection) for longer than that. Pauses of the process do not count.
 */
public final class LaneThreads implements Executor {
    private static final System.Logger LOG = System.getLogger(LaneThreads.class.getName());

    /** How often {@link #adapt} is to be called. */
    public static final Duration ADAPTS_EVERY = Duration.ofMillis(25);

    /** Longest time that counts between two samples: after a pause of the process every thread would look blocked. */
    private static final Duration PAUSE = Duration.ofMillis(125);

    /** 200 ms: long enough for every runnable thread to have been scheduled once, at a few threads per core. */
    private static final Duration LONG = Duration.ofMillis(200);

    /** A thread that used less than 1/20 of that time on a processor waits for something else, such as a database. */
    private static final int LEAST_PART = 20;

    private static final Duration CALM = Duration.ofSeconds(10);

    /** Weight of the newest sample in the moving average. */
    private static final double WEIGHT = 0.5;

    /** Added before the average is rounded down: it approaches the number of blocked threads and never reaches it. */
    private static final double NEAR = 0.25;

    private final int few;
    private final int most;
    private final AwakeClock clock;
    private final Pool pool;

    private final OnceLog failures = new OnceLog(LOG);

    /** Moving average of the number of blocked threads: a single sample may be a coincidence. */
    private double blocked;

    /** Largest pool size wanted since {@link #sinceNanos}. */
    private int wanted;

    private long sinceNanos;

    /**
     * CPU time of a thread that runs a task.
     *
     * @param nanos since it started
     * @param little whether it used less than 1/20 of the time since the measurement before
     */
    private record CpuUse(long nanos, boolean little) {}

    /** The pool, with the start time and CPU time of every running task. */
    private static final class Pool extends ThreadPoolExecutor {
        private final LongSupplier clock;
        private final ToLongFunction<Thread> cpuNanos;
        private final Map<Thread, Long> startNanos = new ConcurrentHashMap<>();

        /** CPU time of each thread at the latest measurement. */
        private Map<Thread, CpuUse> uses = Map.of();

        private long measuredNanos;

        Pool(int few, int most, ThreadFactory threads, LongSupplier clock, ToLongFunction<Thread> cpuNanos) {
            super(few, most, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
            this.clock = clock;
            this.cpuNanos = cpuNanos;
            this.measuredNanos = clock.getAsLong();
        }

        @Override
        protected void beforeExecute(Thread thread, Runnable task) {
            startNanos.put(thread, clock.getAsLong());
        }

        @Override
        protected void afterExecute(Runnable task, Throwable failure) {
            startNanos.remove(Thread.currentThread());
        }

        /** Number of blocked threads among those that run a task. One thread at a time. */
        int blocked() {
            long now = clock.getAsLong();
            if (isLonger(now - measuredNanos, LONG)) {
                measure(now);
            }
            int count = 0;
            for (Map.Entry<Thread, Long> running : startNanos.entrySet()) {
                Thread thread = running.getKey();
                if (waits(thread) || rests(thread) || isLonger(now - running.getValue(), LONG)) {
                    count++;
                }
            }
            return count;
        }

        private void measure(long now) {
            long least = (now - measuredNanos) / LEAST_PART;
            Map<Thread, CpuUse> latest = new HashMap<>();
            for (Thread thread : startNanos.keySet()) {
                long nanos = cpuNanos.applyAsLong(thread);
                CpuUse before = uses.get(thread);
                latest.put(thread, new CpuUse(nanos, before != null && nanos - before.nanos() < least));
            }
            uses = latest;
            measuredNanos = now;
        }

        private boolean rests(Thread thread) {
            CpuUse use = uses.get(thread);
            return use != null && use.little();
        }

        /** BLOCKED does not count: the owner of the monitor is running, or is counted itself. */
        private static boolean waits(Thread thread) {
            Thread.State state = thread.getState();
            return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
        }
    }

    /**
     * From {@code few} threads to {@code most}.
     *
     * @param cpuNanos CPU time of a thread, ns
     */
    public LaneThreads(
            int few, int most, ThreadFactory threads, LongSupplier nanoClock, ToLongFunction<Thread> cpuNanos) {
        this.few = few;
        this.most = most;
        this.clock = new AwakeClock(nanoClock, PAUSE);
        this.pool = new Pool(few, most, task -> threads.newThread(() -> start(task)), clock, cpuNanos);
        this.wanted = few;
        this.sinceNanos = clock.getAsLong();
    }

    /**
     * Runs a task when a thread is free. If no thread can be created, the existing ones run it.
     *
     * @throws RejectedExecutionException after {@link #shutdown}, or if there is no thread at all
     */
    @Override
    public void execute(Runnable task) {
        try {
            pool.execute(task);
        } catch (RejectedExecutionException e) {
            throw e;
        } catch (RuntimeException | OutOfMemoryError e) {
            // Queue it first: a connection whose turn is lost would never run again.
            boolean taken = pool.getPoolSize() > 0 && pool.getQueue().offer(task);
            cannotMakeMore(e);
            if (!taken) {
                throw new RejectedExecutionException(e);
            }
        }
    }

    /**
     * Grows the pool at once by the number of blocked threads while tasks wait, and shrinks it when fewer threads have
     * sufficed for 10 s. One thread at a time.
     */
    public void adapt() {
        clock.tick();
        long now = clock.getAsLong();
        blocked += (pool.blocked() - blocked) * WEIGHT;
        int useful = pool.getQueue().isEmpty() ? pool.getCorePoolSize() : most;
        wanted = Math.max(wanted, Math.min(useful, few + (int) (blocked + NEAR)));
        if (wanted >= pool.getCorePoolSize() || isLonger(now - sinceNanos, CALM)) {
            allow(wanted);
            wanted = few;
            sinceNanos = now;
        }
    }

    private void allow(int threads) {
        try {
            pool.setCorePoolSize(threads);
        } catch (RuntimeException | OutOfMemoryError e) {
            cannotMakeMore(e);
        }
    }

    /**
     * Freezes the pool at its present size until the next {@link #adapt}, so that not every task retries thread
     * creation.
     */
    private void cannotMakeMore(Throwable failure) {
        pool.setCorePoolSize(Math.min(pool.getCorePoolSize(), Math.max(1, pool.getPoolSize())));
        failures.log(
                System.Logger.Level.ERROR,
                this,
                "making a thread for connections failed, said once until it works again",
                failure);
    }

    /** On a new thread. */
    private void start(Runnable work) {
        failures.mended(this);
        work.run();
    }

    private static boolean isLonger(long nanos, Duration limit) {
        return nanos > limit.toNanos();
    }

    /** Threads allowed now; while the pool shrinks, some more finish their tasks. */
    public int size() {
        return pool.getCorePoolSize();
    }

    /** Threads that run a task now. */
    public int busy() {
        return pool.getActiveCount();
    }

    /** Tasks that wait for a thread. */
    public int waiting() {
        return pool.getQueue().size();
    }

    /** Takes no more work. */
    public void shutdown() {
        pool.shutdown();
    }
}
