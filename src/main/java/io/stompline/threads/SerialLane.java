package io.stompline.threads;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Runs tasks one after the other, in order, on threads borrowed from a shared executor. Thread-safe; never blocks.
 *
 * <p>A task that throws is logged; the next one runs.
 */
public final class SerialLane implements Executor {
    private static final System.Logger LOG = System.getLogger(SerialLane.class.getName());
    private static final int TASKS_PER_TURN = 64;

    /** Must stay well below LaneThreads.LONG (200 ms), which measures whole turns. */
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Executor threads;
    private final LongSupplier nanoClock;
    private final Deque<Runnable> urgent = new ArrayDeque<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean running;
    private boolean paused;

    /** A lane on those threads. */
    public SerialLane(Executor threads) {
        this(threads, System::nanoTime);
    }

    SerialLane(Executor threads, LongSupplier nanoClock) {
        this.threads = threads;
        this.nanoClock = nanoClock;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.addLast(task);
            if (running || paused) {
                return;
            }
            running = true;
        }
        start();
    }

    /** Runs a task after the present one: before all that waits, and also while the lane is paused. */
    public void executeFirst(Runnable task) {
        synchronized (tasks) {
            urgent.addLast(task);
            if (running) {
                return;
            }
            running = true;
        }
        start();
    }

    /** Holds the tasks after the present one back. Called by a task of this lane. */
    public void pause() {
        synchronized (tasks) {
            paused = true;
        }
    }

    /** Goes on after {@link #pause()}. Any thread; nothing if it is not paused. */
    public void resume() {
        resume(Optional.empty());
    }

    /**
     * Goes on after {@link #pause()}, with {@code first} before all that waits. Any thread; nothing if it is not
     * paused.
     */
    public void resume(Runnable first) {
        resume(Optional.of(first));
    }

    /** Whether nothing runs or waits to run. Any thread. */
    public boolean isIdle() {
        synchronized (tasks) {
            return !running && tasks.isEmpty() && urgent.isEmpty();
        }
    }

    private void resume(Optional<Runnable> first) {
        synchronized (tasks) {
            if (!paused) {
                return;
            }
            paused = false;
            first.ifPresent(tasks::addFirst);
            if (running) {
                return;
            }
            running = true;
        }
        start();
    }

    private void start() {
        try {
            threads.execute(this::runTurn);
        } catch (RejectedExecutionException shutDown) {
            // The server stops: the remaining tasks (closing) run on the caller's thread.
            runTurn();
        }
    }

    /** Runs some tasks, then lets other lanes have the thread. */
    private void runTurn() {
        long sinceNanos = nanoClock.getAsLong();
        int done = 0;
        do {
            Runnable task;
            synchronized (tasks) {
                task = (paused || !urgent.isEmpty() ? urgent : tasks).pollFirst();
                if (task == null) {
                    running = false;
                    return;
                }
            }
            run(task);
            done++;
        } while (done < TASKS_PER_TURN && nanoClock.getAsLong() - sinceNanos < TURN_NANOS);
        start();
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            // An error of the application's code, too, would stop the lane.
            LOG.log(System.Logger.Level.ERROR, "a task of a connection failed", e);
        }
    }
}
