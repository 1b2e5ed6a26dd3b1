package io.stompline.session;

import java.util.ArrayDeque;
import java.util.Queue;
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
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    /** A lane on those threads. */
    public SerialLane(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
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
                task = tasks.poll();
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
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a task of a connection failed", e);
        }
    }
}
