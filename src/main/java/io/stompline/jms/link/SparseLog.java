package io.stompline.jms.link;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

/** Writes at most one warning in 30 seconds: what goes on for long is said now and then. One thread at a time. */
final class SparseLog {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Logger log;
    private long lastNanos = System.nanoTime() - PAUSE_NANOS;

    SparseLog(Logger log) {
        this.log = log;
    }

    void warn(String text, Throwable failure) {
        if (System.nanoTime() - lastNanos >= PAUSE_NANOS) {
            lastNanos = System.nanoTime();
            log.log(Level.WARNING, "{0}: {1}", text, failure.getMessage());
        }
    }
}
