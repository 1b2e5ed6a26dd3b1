package io.stompline.metrics;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** All counters of this node by name; a counter is made by the first who asks for it. Thread-safe. */
public final class Metrics {
    private final Map<String, Counter> counters = new ConcurrentSkipListMap<>();

    /** The counter of that name; names are lower case with underscores and end in the unit, such as {@code bytes}. */
    public Counter counter(String name) {
        return counters.computeIfAbsent(name, Counter::new);
    }

    /** Every counter, by name. */
    public Collection<Counter> counters() {
        return counters.values();
    }
}
