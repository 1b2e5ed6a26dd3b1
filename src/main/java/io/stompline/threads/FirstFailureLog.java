package io.stompline.threads;

import java.util.concurrent.atomic.AtomicBoolean;

/** Says the first of several failures in a row. If the log fails too, maybe for the same reason, none of them is said. Thread-safe. */
public final class FirstFailureLog {
    private final System.Logger log;
    private final String text;
    private final AtomicBoolean failing = new AtomicBoolean();

    /** @param text what failed */
    public FirstFailureLog(System.Logger log, String text) {
        this.log = log;
        this.text = text;
    }

    /** Never throws. */
    public void failed(Throwable failure) {
        if (failing.getAndSet(true)) {
            return;
        }
        try {
            log.log(System.Logger.Level.ERROR, text + ", said once until it works again", failure);
        } catch (RuntimeException | Error unheard) {
            // Who says it has other things to do than to log.
        }
    }

    /** The next failure is the first of a row. */
    public void worked() {
        failing.set(false);
    }
}
