package io.stompline.security;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Locks out who tries passcodes: after some failures of one login from one address, none is tried for a while. Thread-safe.
 *
 * <p>Somebody else's login cannot be locked from another address, and what is remembered is bounded.
 */
public final class LoginThrottle {
    private static final int REMEMBERED = 10_000;

    /** Longer logins are remembered by how they begin. */
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
    private final Map<Attempt, Failures> failures = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Attempt, Failures> eldest) {
            return size() > REMEMBERED;
        }
    };

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
        Failures known = failures.get(new Attempt(login, address));
        return maxFailures > 0 && known != null && !isOver(known) && known.count() >= maxFailures;
    }

    /** Notes a wrong passcode. */
    public synchronized void failed(String login, String address) {
        Attempt attempt = new Attempt(login, address);
        Failures known = failures.get(attempt);
        if (known == null || isOver(known)) {
            failures.remove(attempt);
            failures.put(attempt, new Failures(1, nanoClock.getAsLong()));
        } else {
            failures.put(attempt, new Failures(known.count() + 1, known.sinceNanos()));
        }
    }

    /** Notes a right passcode: earlier failures are forgotten. */
    public synchronized void succeeded(String login, String address) {
        failures.remove(new Attempt(login, address));
    }

    private boolean isOver(Failures known) {
        return nanoClock.getAsLong() - known.sinceNanos() > lockTime.toNanos();
    }
}
