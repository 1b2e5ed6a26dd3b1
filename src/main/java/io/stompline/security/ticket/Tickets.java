package io.stompline.security.ticket;

import io.stompline.security.Caller;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The tickets of this node that were not shown yet, by their fingerprints. Thread-safe.
 *
 * <p>Bounded: one user has at most 100, all have 50,000. One more is not issued; none that somebody holds is dropped
 * for it.
 */
final class Tickets {
    static final Duration LIFE = Duration.ofSeconds(30);
    static final int MAX = 50_000;
    static final int MAX_PER_USER = 100;

    private record Issued(Caller caller, long sinceNanos) {}

    private final LongSupplier nanoClock;

    /** The oldest first. */
    private final Map<String, Issued> byFingerprint = new LinkedHashMap<>();

    private final Map<String, Integer> byUser = new HashMap<>();

    Tickets(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /**
     * Keeps a ticket for a caller.
     *
     * @throws IllegalStateException if the user, or the node, has as many as it may
     */
    synchronized void add(TicketText ticket, Caller caller) {
        dropExpired();
        if (byUser.getOrDefault(caller.name(), 0) >= MAX_PER_USER) {
            throw new IllegalStateException("no ticket is issued: this user has " + MAX_PER_USER
                    + " that were not shown yet; each is good for " + LIFE.toSeconds() + " s");
        }
        if (byFingerprint.size() >= MAX) {
            throw new IllegalStateException(
                    "no ticket is issued: " + MAX + " were not shown yet; each is good for " + LIFE.toSeconds() + " s");
        }
        byFingerprint.put(ticket.fingerprint(), new Issued(caller, nanoClock.getAsLong()));
        byUser.merge(caller.name(), 1, Integer::sum);
    }

    /** The caller of a ticket, which is spent by that; empty if it is unknown, spent or older than 30 s. */
    synchronized Optional<Caller> take(String fingerprint) {
        dropExpired();
        Optional<Caller> caller =
                Optional.ofNullable(byFingerprint.remove(fingerprint)).map(Issued::caller);
        caller.ifPresent(this::forget);
        return caller;
    }

    private void dropExpired() {
        long now = nanoClock.getAsLong();
        Iterator<Issued> oldest = byFingerprint.values().iterator();
        while (oldest.hasNext()) {
            Issued next = oldest.next();
            if (now - next.sinceNanos() <= LIFE.toNanos()) {
                return;
            }
            oldest.remove();
            forget(next.caller());
        }
    }

    private void forget(Caller caller) {
        byUser.computeIfPresent(caller.name(), (same, count) -> count == 1 ? null : count - 1);
    }
}
