package io.stompline.security;

import io.stompline.bounds.AddressBlock;
import io.stompline.bounds.RecentMap;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Limits guesses at passcodes and tickets: after some different wrong ones of a login from one address, or of all
 * logins and tickets from one address, further attempts are refused unchecked for the lock time. Thread-safe.
 *
 * <p>The same wrong passcode again is no guess: a page that connects again every few seconds with what its user
 * mistyped does not lock the user out.
 *
 * <p>A running attempt counts as a failure until it ends: the next one waits while the limit would be reached if all
 * running ones failed, so that concurrent attempts get no more guesses than sequential ones. So does a ticket that
 * another node is asked for, whether its client stays for the answer or not: an address cannot have more questions
 * asked than it has guesses. An IPv6 address counts with all of its network of 64 bits. A login is locked for one
 * address only; the last 10,000 pairs of login and address, and addresses, are remembered.
 */
public final class LoginThrottle {
    private static final int REMEMBERED = 10_000;

    /** Number of characters of a login that are compared. */
    private static final int REMEMBERED_CHARS = 128;

    /**
     * How many different wrong passcodes lock.
     *
     * @param ofLogin of one login from one address; 0 never locks
     * @param ofAddress of all logins and tickets from one address; 0 never locks
     * @param lockTime counted from the first of them
     */
    public record Limits(int ofLogin, int ofAddress, Duration lockTime) {}

    /** A login at one address, or all logins and tickets of it. */
    private record Guesser(Optional<String> login, String address) {
        static Guesser of(String login, String address) {
            String compared = login.substring(0, Math.min(login.length(), REMEMBERED_CHARS));
            return new Guesser(Optional.of(compared), AddressBlock.of(address));
        }

        static Guesser any(String address) {
            return new Guesser(Optional.empty(), AddressBlock.of(address));
        }
    }

    /**
     * Wrong passcodes and tickets of one guesser, or tickets that may be wrong.
     *
     * @param guesses their fingerprints, at most as many as lock
     */
    private record Failures(Set<Long> guesses, long sinceNanos) {}

    private final Limits limits;
    private final LongSupplier nanoClock;
    private final Fingerprint fingerprint = new Fingerprint();
    private final Map<Guesser, Failures> failures = new RecentMap<>(REMEMBERED);

    /** Tickets that are being checked. One whose client has left stays for the lock time. */
    private final Map<Guesser, Failures> openTickets = new RecentMap<>(REMEMBERED);

    /** How many passcodes are being checked; each has a thread. */
    private final Map<Guesser, Integer> running = new HashMap<>();

    /** A throttle that has seen nothing yet. */
    public LoginThrottle(Limits limits, LongSupplier nanoClock) {
        this.limits = limits;
        this.nanoClock = nanoClock;
    }

    /** Whether this login from this address has to wait. */
    public synchronized boolean isLocked(String login, String address) {
        return isLocked(Guesser.of(login, address)) || isLocked(Guesser.any(address));
    }

    /** Whether all logins and tickets from this address have to wait. */
    public synchronized boolean isLocked(String address) {
        return isLocked(Guesser.any(address));
    }

    /** The next step with a ticket. */
    enum Turn {
        /** Check it, and say with {@link #end} how that went. */
        NOW,
        /** It waits for {@link #hasRoom}: as many as lock are being checked. */
        LATER,
        /** It was wrong a short while ago. */
        KNOWN_WRONG,
        /** The address has to wait. */
        LOCKED
    }

    /** Begins to check a ticket. One that is being checked may begin again: its client asks for the answer. */
    synchronized Turn begin(Credentials.Ticket shown, String address) {
        Guesser any = Guesser.any(address);
        long guess = fingerprint.of(shown);
        if (knows(openTickets, any, guess)) {
            return Turn.NOW;
        }
        if (isLocked(any)) {
            return Turn.LOCKED;
        }
        if (knows(failures, any, guess)) {
            return Turn.KNOWN_WRONG;
        }
        if (!hasRoom(address)) {
            return Turn.LATER;
        }
        note(openTickets, any, guess);
        return Turn.NOW;
    }

    /** A ticket is checked, or cannot be. */
    synchronized void end(Credentials.Ticket shown, String address, boolean wrong) {
        Guesser any = Guesser.any(address);
        long guess = fingerprint.of(shown);
        openTickets.computeIfPresent(any, (same, open) -> {
            open.guesses().remove(guess);
            return open.guesses().isEmpty() ? null : open;
        });
        if (wrong) {
            note(failures, any, guess);
        }
    }

    /** Whether {@link #begin} would not tell a ticket of this address to wait. */
    synchronized boolean hasRoom(String address) {
        Guesser any = Guesser.any(address);
        return limit(any) == 0
                || isLocked(any)
                || count(failures, any) + count(openTickets, any) + running.getOrDefault(any, 0) < limit(any);
    }

    /**
     * Tries a passcode unless its login or address is locked, or it was wrong a short while ago: a check is slow, and
     * who repeats what is wrong must not keep the server busy. A right one clears earlier failures of the login. May
     * wait for attempts that run.
     *
     * @param check finds something if the passcode is right; runs without a lock. If it throws, the attempt counts
     *     neither way
     * @return the result of the check; empty if there was none
     */
    <T> Optional<T> attempt(Credentials.Passcode shown, String address, Supplier<Optional<T>> check) {
        Guesser guesser = Guesser.of(shown.login(), address);
        if (isKnownWrong(shown, guesser) || !begin(guesser)) {
            return Optional.empty();
        }
        try {
            Optional<T> found = check.get();
            note(shown, guesser, found.isPresent());
            return found;
        } finally {
            end(guesser);
        }
    }

    private synchronized boolean isKnownWrong(Credentials.Passcode shown, Guesser guesser) {
        return knows(failures, guesser, fingerprint.of(shown));
    }

    private boolean knows(Map<Guesser, Failures> where, Guesser guesser, long guess) {
        Failures known = where.get(guesser);
        return known != null && !isOver(known) && known.guesses().contains(guess);
    }

    private synchronized boolean begin(Guesser guesser) {
        Guesser any = Guesser.any(guesser.address());
        try {
            while (!isLocked(guesser) && !isLocked(any) && (mayBecomeLocked(guesser) || mayBecomeLocked(any))) {
                wait();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
        if (isLocked(guesser) || isLocked(any)) {
            return false;
        }
        running.merge(guesser, 1, Integer::sum);
        running.merge(any, 1, Integer::sum);
        return true;
    }

    private synchronized void note(Credentials.Passcode shown, Guesser guesser, boolean right) {
        if (right) {
            failures.remove(guesser);
        } else {
            long guess = fingerprint.of(shown);
            note(failures, guesser, guess);
            note(failures, Guesser.any(guesser.address()), guess);
        }
    }

    private synchronized void end(Guesser guesser) {
        endOne(guesser);
        endOne(Guesser.any(guesser.address()));
        notifyAll();
    }

    private void endOne(Guesser guesser) {
        running.computeIfPresent(guesser, (same, count) -> count == 1 ? null : count - 1);
    }

    private void note(Map<Guesser, Failures> where, Guesser guesser, long guess) {
        Failures known = where.get(guesser);
        if (known == null || isOver(known)) {
            known = new Failures(new HashSet<>(), nanoClock.getAsLong());
            where.remove(guesser);
            where.put(guesser, known);
        }
        if (known.guesses().size() < limit(guesser)) {
            known.guesses().add(guess);
        }
    }

    private int limit(Guesser guesser) {
        return guesser.login().isPresent() ? limits.ofLogin() : limits.ofAddress();
    }

    private boolean isLocked(Guesser guesser) {
        return limit(guesser) > 0 && count(failures, guesser) >= limit(guesser);
    }

    private boolean mayBecomeLocked(Guesser guesser) {
        return limit(guesser) > 0 && count(failures, guesser) + running.getOrDefault(guesser, 0) >= limit(guesser);
    }

    private int count(Map<Guesser, Failures> where, Guesser guesser) {
        Failures known = where.get(guesser);
        return known == null || isOver(known) ? 0 : known.guesses().size();
    }

    private boolean isOver(Failures known) {
        return nanoClock.getAsLong() - known.sinceNanos() > limits.lockTime().toNanos();
    }
}
