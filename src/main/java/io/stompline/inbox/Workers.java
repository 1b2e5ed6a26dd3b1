package io.stompline.inbox;

import io.stompline.bounds.OnceLog;
import io.stompline.config.Setting;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs statements on other threads, and again while the database is away. Thread-safe; nothing blocks but closing. */
final class Workers {
    private static final System.Logger LOG = System.getLogger(Workers.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);
    private static final Duration LAST_TASK = Duration.ofSeconds(5);

    /** There is one database. */
    private static final String SUBJECT = "database";

    private final OnceLog failures = new OnceLog(LOG);
    private final Schedule threads;
    private final Metrics metrics;

    Workers(Schedule threads, Metrics metrics) {
        this.threads = threads;
        this.metrics = metrics;
    }

    /** Statements on the table. */
    interface Task {
        void run() throws SQLException;
    }

    /**
     * Runs a task, and again after a pause until it succeeds.
     *
     * @param delay until the first time
     * @return ends that: there is nobody any more for whom it runs; idempotent
     */
    Runnable run(Duration delay, Task task) {
        Attempts attempts = new Attempts(task);
        attempts.plan(delay);
        return attempts::end;
    }

    /** One task until it succeeds. */
    private final class Attempts {
        private final Task task;
        private Duration pause = FIRST_PAUSE;
        private Runnable planned = () -> {};
        private boolean ended;

        Attempts(Task task) {
            this.task = task;
        }

        synchronized void plan(Duration delay) {
            if (!ended) {
                planned = threads.later(delay, this::attempt);
            }
        }

        private void attempt() {
            if (!succeeds(task)) {
                Duration next = pause;
                Duration doubled = pause.multipliedBy(2);
                pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
                plan(next);
            }
        }

        /** What waits for a thread is forgotten at once: a client may come and go while the database hangs. */
        synchronized void end() {
            ended = true;
            planned.run();
        }
    }

    /** Runs a task again and again, also after it failed. */
    void every(Duration first, Duration period, Task task) {
        threads.later(first, () -> {
            succeeds(task);
            every(period, period, task);
        });
    }

    private boolean succeeds(Task task) {
        try {
            task.run();
            failures.mended(SUBJECT);
            return true;
        } catch (SQLException | RuntimeException | Error e) {
            metrics.counter(Meter.INBOX_FAILURES).increment();
            failures.log(
                    System.Logger.Level.WARNING,
                    SUBJECT,
                    sentence(e) + "; tried again until it works, and not said again before; its CREATE TABLE is"
                            + " META-INF/stompline/inbox-*.sql in the classes JAR",
                    e);
            return false;
        }
    }

    /** What is wrong, with the name of the setting. */
    static String sentence(Throwable e) {
        return "the table stompline_inbox in the database of " + Setting.INBOX_DATA_SOURCE.key() + " cannot be used: "
                + e.getMessage();
    }

    /** Runs a last task, at most 5 s, then ends the threads. */
    void close(Task last) {
        CountDownLatch done = new CountDownLatch(1);
        threads.later(Duration.ZERO, () -> {
            if (succeeds(last)) {
                done.countDown();
            }
        });
        try {
            if (!done.await(LAST_TASK.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "acknowledged messages come again: they could not be deleted");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.close();
    }
}
