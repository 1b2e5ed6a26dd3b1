package io.stompline.history;

import io.stompline.bounds.RecentMap;
import io.stompline.history.rules.Keeping;
import io.stompline.routing.Destination;
import io.stompline.routing.TopicRules;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * Who was let in to which destination not long ago: within five minutes, and within the time that its messages are
 * kept. The last 20,000. Thread-safe.
 */
public final class Readers {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MAX = 20_000;

    private final TopicRules<Keeping> rules;
    private final InstantSource clock;
    private final Map<Reader, Long> millis = new RecentMap<>(MAX);

    private record Reader(String user, Destination destination) {}

    /** Nobody was let in yet. */
    Readers(TopicRules<Keeping> rules, InstantSource clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /** Somebody is subscribed now. */
    public synchronized void note(String user, Destination destination) {
        if (rules.of(destination).isPresent()) {
            millis.put(new Reader(user, destination), clock.millis());
        }
    }

    /** Whether somebody was. */
    public synchronized boolean includes(String user, Destination destination) {
        Long noted = millis.get(new Reader(user, destination));
        Duration age = rules.of(destination).map(rule -> rule.terms().age()).orElse(Duration.ZERO);
        return noted != null && clock.millis() - noted <= Math.min(age.toMillis(), LONGEST.toMillis());
    }
}
