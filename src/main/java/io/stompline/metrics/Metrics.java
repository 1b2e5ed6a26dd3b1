package io.stompline.metrics;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;

/** All counters and gauges of this node by name; a counter is made by the first who asks for it. Thread-safe. */
public final class Metrics {
    private final Map<String, Counter> counters = new ConcurrentSkipListMap<>();
    private final Map<String, LongSupplier> gauges = new ConcurrentSkipListMap<>();

    /** The counter of that name; names are lower case with underscores and end in the unit, such as {@code bytes}. */
    public Counter counter(String name) {
        return counters.computeIfAbsent(name, Counter::new);
    }

    /** Adds a number that goes up and down. Whoever asks for it asks {@code value}, which may be called on any thread. */
    public void gauge(String name, LongSupplier value) {
        gauges.put(name, value);
    }

    /** Every gauge by name. */
    public Map<String, LongSupplier> gauges() {
        return Collections.unmodifiableMap(gauges);
    }

    /** Every counter, by name. */
    public Collection<Counter> counters() {
        return counters.values();
    }
}
