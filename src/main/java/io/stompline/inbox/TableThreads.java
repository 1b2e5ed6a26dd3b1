package io.stompline.inbox;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Four threads that wait for the database, so that no lane and no pump does. Thread-safe. */
public final class TableThreads implements Schedule {
    private static final System.Logger LOG = System.getLogger(TableThreads.class.getName());
    private static final int THREADS = 4;

    private final ScheduledThreadPoolExecutor threads;

    /** Threads of that factory, started when they are needed. */
    public TableThreads(ThreadFactory factory) {
        this.threads = new ScheduledThreadPoolExecutor(THREADS, factory);
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        threads.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Runnable later(Duration delay, Runnable task) {
        try {
            Future<?> planned = threads.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
            return () -> planned.cancel(false);
        } catch (RejectedExecutionException closed) {
            LOG.log(System.Logger.Level.DEBUG, "closed: what is kept stays in the table");
            return () -> {};
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
