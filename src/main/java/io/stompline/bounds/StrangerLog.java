package io.stompline.bounds;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Logs what strangers bring about: each subject once a minute, and no more than 20 subjects a minute, for a stranger
 * chooses them. Thread-safe; never throws.
 */
public final class StrangerLog {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MAX_IN_A_MINUTE = 20;

    /** Longer than any origin that a browser sends: a host has at most 253 characters. */
    private static final int MAX_CHARS = 300;

    private final LongSupplier nanoClock;
    private final OnceLog log;
    private final Set<String> inThisMinute = new HashSet<>();
    private long minuteBeganNanos;

    /** Nothing was logged yet. */
    public StrangerLog(Logger log, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.log = new OnceLog(log, MINUTE, nanoClock);
        this.minuteBeganNanos = nanoClock.getAsLong();
    }

    /** A stranger's words as they may stand in the log: no longer than 300 characters, all printable. */
    public static String printable(String words) {
        return words.substring(0, Math.min(words.length(), MAX_CHARS)).replaceAll("[^ -~]", "?");
    }

    /**
     * Logs it, unless it was logged within a minute or too many others were.
     *
     * @param subject in the form of {@link #printable}
     */
    public void log(Level level, String subject, String text) {
        if (mayLog(subject)) {
            log.log(level, subject, text);
        }
    }

    private synchronized boolean mayLog(String subject) {
        long now = nanoClock.getAsLong();
        if (now - minuteBeganNanos >= MINUTE.toNanos()) {
            minuteBeganNanos = now;
            inThisMinute.clear();
        }
        return inThisMinute.contains(subject) || (inThisMinute.size() < MAX_IN_A_MINUTE && inThisMinute.add(subject));
    }
}
