package io.stompline.bounds;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Logs a fault once per subject until it is mended, however often it occurs: what repeats would flood the log.
 * Thread-safe; never throws, since a full disk may be why the log fails too.
 *
 * <p>Of the subjects the last 1,000 are remembered; one that is forgotten meanwhile is logged again.
 */
public final class OnceLog {
    private static final int MAX_SUBJECTS = 1_000;

    private final Logger log;
    private final long repeatNanos;
    private final LongSupplier nanoClock;
    private final Map<Object, Long> loggedNanos = new RecentMap<>(MAX_SUBJECTS);

    /** Logs each subject once until {@link #mended}. */
    public OnceLog(Logger log) {
        this(log, Duration.ZERO, System::nanoTime);
    }

    /**
     * Logs each subject once until {@link #mended}, and again while it lasts.
     *
     * @param repeat time after which a lasting fault is logged again; zero for never
     */
    public OnceLog(Logger log, Duration repeat, LongSupplier nanoClock) {
        this.log = log;
        this.repeatNanos = repeat.toNanos();
        this.nanoClock = nanoClock;
    }

    /**
     * Logs a fault unless it was logged before.
     *
     * @param subject the thing at fault, compared by equals: a destination, a task, …
     * @param text the whole sentence
     */
    public void log(Level level, Object subject, String text) {
        if (isNew(subject)) {
            write(() -> log.log(level, text));
        }
    }

    /** Logs a fault with the stack trace of its cause unless it was logged before. */
    public void log(Level level, Object subject, String text, Throwable cause) {
        if (isNew(subject)) {
            write(() -> log.log(level, text, cause));
        }
    }

    /** The subject works: its next fault is logged again. */
    public void mended(Object subject) {
        synchronized (loggedNanos) {
            loggedNanos.remove(subject);
        }
    }

    private boolean isNew(Object subject) {
        long now = nanoClock.getAsLong();
        synchronized (loggedNanos) {
            Long last = loggedNanos.get(subject);
            boolean due = last == null || (repeatNanos > 0 && now - last >= repeatNanos);
            if (due) {
                loggedNanos.put(subject, now);
            }
            return due;
        }
    }

    private static void write(Runnable entry) {
        try {
            entry.run();
        } catch (RuntimeException | Error logFailed) {
            // The caller has work to do that matters more than the log.
        }
    }
}
