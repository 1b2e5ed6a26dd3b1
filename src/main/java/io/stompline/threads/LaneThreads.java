package io.stompline.threads;

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
 * The threads on which the work of connections runs: a few that run, and one more for each that is held up. Thread-safe.
 *
 * <p>A few that are always busy carry out more than many, which get into each other's way at the message broker. But work may wait
 * for the broker, or in a handler of a bean, and that of others must not wait with it. A thread that only waits for a processor is
 * not held up: more threads would make it wait for longer. Held up is who waits, who hardly had a processor in the last 200 ms, and
 * who is at one task (a turn of a connection) for longer than that. A pause of the process counts towards neither.
 */
public final class LaneThreads implements Executor {
    private static final System.Logger LOG = System.getLogger(LaneThreads.class.getName());

    /** How often {@link #adapt} is to be called. */
    public static final Duration ADAPTS_EVERY = Duration.ofMillis(25);

    /** The longest that counts between two looks: after a pause of the process all would look as if they were held up. */
    private static final Duration PAUSE = Duration.ofMillis(125);

    /** So long, each of a few threads for every processor has had one, if it wanted. */
    private static final Duration LONG = Duration.ofMillis(200);

    /** Whoever has the processor for less than this part of that time waits for something else, such as a database. */
    private static final int LEAST_PART = 20;

    private static final Duration CALM = Duration.ofSeconds(10);

    /** Of the latest look in the average. */
    private static final double WEIGHT = 0.5;

    /** The average comes near the number and never reaches it. */
    private static final double NEAR = 0.25;

    private final int few;
    private final int most;
    private final AwakeClock clock;
    private final Pool pool;

    private final FirstFailureLog failures = new FirstFailureLog(LOG, "making a thread for connections failed");

    /** How many are held up, on average of the last few times that we looked: one look may meet a coincidence. */
    private double heldUp;

    /** The most that were wanted since then. */
    private int wanted;

    private long sinceNanos;

    /**
     * How much a thread at a task has had a processor.
     *
     * @param nanos since it started
     * @param little whether it was hardly anything since the measurement before, at which it was at a task as well
     */
    private record CpuUse(long nanos, boolean little) {}

    /** Knows what runs. */
    private static final class Pool extends ThreadPoolExecutor {
        private final LongSupplier clock;
        private final ToLongFunction<Thread> cpuNanos;
        private final Map<Thread, Long> startNanos = new ConcurrentHashMap<>();

        /** What each thread had used when its use was last measured, and whether it hardly used anything until then. */
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

        /** How many at a task are held up. By one thread. */
        int heldUp() {
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

        /** A lock of the language alone is no reason: whoever has it is running, or is held up itself. */
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
     * Runs a task when a thread is free. If no thread can be made, those that there are do it.
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
            // First of all: a connection whose turn is lost would stand still for ever.
            boolean taken = pool.getPoolSize() > 0 && pool.getQueue().offer(task);
            cannotMakeMore(e);
            if (!taken) {
                throw new RejectedExecutionException(e);
            }
        }
    }

    /**
     * Allows more threads at once if some are held up while work waits, and fewer when fewer have been enough for a while. By one
     * thread.
     */
    public void adapt() {
        clock.tick();
        long now = clock.getAsLong();
        heldUp += (pool.heldUp() - heldUp) * WEIGHT;
        int useful = pool.getQueue().isEmpty() ? pool.getCorePoolSize() : most;
        wanted = Math.max(wanted, Math.min(useful, few + (int) (heldUp + NEAR)));
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

    /** Does with those that there are until the next {@link #adapt}, so that not all work that comes tries to make one. */
    private void cannotMakeMore(Throwable failure) {
        pool.setCorePoolSize(Math.min(pool.getCorePoolSize(), Math.max(1, pool.getPoolSize())));
        failures.failed(failure);
    }

    /** On a new thread. */
    private void start(Runnable work) {
        failures.worked();
        work.run();
    }

    private static boolean isLonger(long nanos, Duration limit) {
        return nanos > limit.toNanos();
    }

    /** How many threads are allowed at the moment; while these become fewer, some more are left until they are done. */
    public int size() {
        return pool.getCorePoolSize();
    }

    /** How many work at the moment. */
    public int busy() {
        return pool.getActiveCount();
    }

    /** How much work waits for a thread. */
    public int waiting() {
        return pool.getQueue().size();
    }

    /** Takes no more work. */
    public void shutdown() {
        pool.shutdown();
    }
}
