package io.stompline.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs tasks one after the other, in order, on threads borrowed from a shared executor. Thread-safe; never blocks.
 *
 * <p>A task that throws is the task's fault: it ends alone, the next one runs.
 */
public final class SerialLane implements Executor {
    private static final System.Logger LOG = System.getLogger(SerialLane.class.getName());
    private static final int TASKS_PER_TURN = 64;

    private final Executor threads;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean running;
    private boolean paused;

    /** A lane on those threads. */
    public SerialLane(Executor threads) {
        this.threads = threads;
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

    /** Lets what comes after the present task wait. Called by a task of this lane. */
    void pause() {
        synchronized (tasks) {
            paused = true;
        }
    }

    /** Goes on after {@link #pause()}, with {@code first} before all that waits. Any thread; nothing if it is not paused. */
    void resume(Runnable first) {
        synchronized (tasks) {
            if (!paused) {
                return;
            }
            paused = false;
            tasks.addFirst(first);
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
            // The server stops: what is left (closing) runs on the caller's thread.
            runTurn();
        }
    }

    /** Runs some tasks, then lets other lanes have the thread. */
    private void runTurn() {
        for (int i = 0; i < TASKS_PER_TURN; i++) {
            Runnable task;
            synchronized (tasks) {
                task = paused ? null : tasks.pollFirst();
                if (task == null) {
                    running = false;
                    return;
                }
            }
            run(task);
        }
        start();
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            // An error of the application's code, too, would stop the lane for ever.
            LOG.log(System.Logger.Level.ERROR, "a task of a connection failed", e);
        }
    }
}
