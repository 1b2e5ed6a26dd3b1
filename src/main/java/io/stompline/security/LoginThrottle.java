package io.stompline.security;

import io.stompline.bounds.RecentMap;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Limits guesses at passcodes: after some failures of one login from one address, further attempts are refused
 * unchecked for the lock time. Thread-safe.
 *
 * <p>A running attempt counts as a failure until it ends: the next one waits while the limit would be reached if all
 * running ones failed, so that concurrent attempts get no more guesses than sequential ones. A login is locked for one
 * address only; the last 10,000 pairs of login and address are remembered.
 */
public final class LoginThrottle {
    private static final int REMEMBERED = 10_000;

    /** Of a longer login this many characters are compared. */
    private static final int REMEMBERED_CHARS = 128;

    private record Attempt(String login, String address) {
        Attempt {
            login = login.substring(0, Math.min(login.length(), REMEMBERED_CHARS));
        }
    }

    private record Failures(int count, long sinceNanos) {}

    private final int maxFailures;
    private final Duration lockTime;
    private final LongSupplier nanoClock;
    private final Map<Attempt, Failures> failures = new RecentMap<>(REMEMBERED);

    /** How many run now; each has a thread. */
    private final Map<Attempt, Integer> running = new HashMap<>();

    /**
     * A throttle.
     *
     * @param maxFailures so many within {@code lockTime} lock; 0 never does
     * @param lockTime counted from the first failure
     */
    public LoginThrottle(int maxFailures, Duration lockTime, LongSupplier nanoClock) {
        this.maxFailures = maxFailures;
        this.lockTime = lockTime;
        this.nanoClock = nanoClock;
    }

    /** Whether this login from this address has to wait. */
    public synchronized boolean isLocked(String login, String address) {
        return isLocked(new Attempt(login, address));
    }

    /**
     * Tries a passcode unless the login is locked. A right one makes earlier failures forgotten. May wait for attempts
     * that run.
     *
     * @param check finds something if the passcode is right; runs without a lock. If it throws, nothing is known of the
     *     passcode
     * @return what was found; nothing if the login is locked
     */
    <T> Optional<T> attempt(String login, String address, Supplier<Optional<T>> check) {
        Attempt attempt = new Attempt(login, address);
        if (!begin(attempt)) {
            return Optional.empty();
        }
        try {
            Optional<T> found = check.get();
            note(attempt, found.isPresent());
            return found;
        } finally {
            end(attempt);
        }
    }

    private synchronized boolean begin(Attempt attempt) {
        try {
            while (!isLocked(attempt) && mayBecomeLocked(attempt)) {
                wait();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
        if (isLocked(attempt)) {
            return false;
        }
        running.merge(attempt, 1, Integer::sum);
        return true;
    }

    private synchronized void note(Attempt attempt, boolean right) {
        if (right) {
            failures.remove(attempt);
        } else {
            noteFailure(attempt);
        }
    }

    private synchronized void end(Attempt attempt) {
        running.computeIfPresent(attempt, (same, count) -> count == 1 ? null : count - 1);
        notifyAll();
    }

    private void noteFailure(Attempt attempt) {
        Failures known = failures.get(attempt);
        if (known == null || isOver(known)) {
            failures.remove(attempt);
            failures.put(attempt, new Failures(1, nanoClock.getAsLong()));
        } else {
            failures.put(attempt, new Failures(known.count() + 1, known.sinceNanos()));
        }
    }

    private boolean isLocked(Attempt attempt) {
        return maxFailures > 0 && failed(attempt) >= maxFailures;
    }

    private boolean mayBecomeLocked(Attempt attempt) {
        return maxFailures > 0 && failed(attempt) + running.getOrDefault(attempt, 0) >= maxFailures;
    }

    private int failed(Attempt attempt) {
        Failures known = failures.get(attempt);
        return known == null || isOver(known) ? 0 : known.count();
    }

    private boolean isOver(Failures known) {
        return nanoClock.getAsLong() - known.sinceNanos() > lockTime.toNanos();
    }
}
