package io.stompline.security.audit;

import io.stompline.bounds.RecentMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How many refusals of one kind of clients are told in a minute. Thread-safe. */
final class RefusalBudget {
    static final int MAX_OF_ONE = 60;
    static final int MAX = 1_000;
    private static final int REMEMBERED = 10_000;

    private final LongSupplier nanoClock;
    private final Map<String, Integer> byClient = new RecentMap<>(REMEMBERED);

    /** No more than are told. */
    private final Set<String> subjects = new HashSet<>();

    private long beganNanos;
    private int told;
    private int left;

    RefusalBudget(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.beganNanos = nanoClock.getAsLong();
    }

    /** How many were not told in the minute before, if this is the first question of another minute. */
    synchronized Optional<Integer> untold() {
        long now = nanoClock.getAsLong();
        if (now - beganNanos < TimeUnit.MINUTES.toNanos(1)) {
            return Optional.empty();
        }
        Optional<Integer> untold = Optional.of(left).filter(count -> count > 0);
        beganNanos = now;
        told = 0;
        left = 0;
        byClient.clear();
        subjects.clear();
        return untold;
    }

    /**
     * Whether one more is told.
     *
     * @param client an address, a network or a user
     * @param subject of which one is told in a minute, if there is one
     */
    synchronized boolean admits(String client, Optional<String> subject) {
        if (subject.filter(subjects::contains).isPresent()) {
            return false;
        }
        int ofClient = byClient.merge(client, 1, Integer::sum);
        if (ofClient > MAX_OF_ONE || told >= MAX) {
            left++;
            return false;
        }
        told++;
        subject.ifPresent(subjects::add);
        return true;
    }
}
