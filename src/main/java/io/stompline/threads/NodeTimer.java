package io.stompline.threads;

import io.stompline.bounds.OnceLog;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** One thread for the short tasks of a node that run periodically, or once after a delay. Thread-safe. */
public final class NodeTimer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(NodeTimer.class.getName());

    private final OnceLog failures = new OnceLog(LOG);
    private final ScheduledExecutorService thread;

    /** A timer on a thread of that factory. */
    public NodeTimer(ThreadFactory threads) {
        this.thread = Executors.newSingleThreadScheduledExecutor(threads);
    }

    /**
     * Runs a task again and again, also after it failed; a failure is logged once until the task works again.
     *
     * @param period from the end of one run to the beginning of the next; also the delay of the first
     */
    public void every(Duration period, Runnable task) {
        Runnable guarded = () -> {
            try {
                task.run();
                failures.mended(task);
            } catch (RuntimeException | Error e) {
                // An executor never runs a periodic task again that has thrown.
                failures.log(
                        System.Logger.Level.ERROR,
                        task,
                        "what runs every " + period.toMillis() + " ms failed, said once until it works again",
                        e);
            }
        };
        var unused =
                thread.scheduleWithFixedDelay(guarded, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs a task once after that time; at once, on the caller's thread, when the timer is closed. */
    public void later(Duration delay, Runnable task) {
        try {
            var unused = thread.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            task.run();
        }
    }

    /** Ends periodic tasks; delayed ones that are planned still run. Idempotent. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
