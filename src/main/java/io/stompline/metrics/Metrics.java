package io.stompline.metrics;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** All counters and gauges of this node. Thread-safe. */
public final class Metrics {
    private final Map<Meter, Counter> counters = new EnumMap<>(Meter.class);
    private final Map<Meter, LongSupplier> gauges = new ConcurrentHashMap<>();

    /** Every counter at zero, and no gauges yet. */
    public Metrics() {
        Arrays.stream(Meter.values())
                .filter(meter -> meter.kind() == Meter.Kind.COUNTER)
                .forEach(meter -> counters.put(meter, new Counter()));
    }

    /**
     * The counter of that meter.
     *
     * @throws IllegalArgumentException if it is a gauge
     */
    public Counter counter(Meter meter) {
        Counter counter = counters.get(meter);
        if (counter == null) {
            throw new IllegalArgumentException(meter + " is no counter");
        }
        return counter;
    }

    /**
     * Adds a gauge.
     *
     * @param value called on any thread when the gauge is read
     * @throws IllegalArgumentException if the meter is a counter
     */
    public void gauge(Meter meter, LongSupplier value) {
        if (meter.kind() != Meter.Kind.GAUGE) {
            throw new IllegalArgumentException(meter + " is no gauge");
        }
        gauges.put(meter, value);
    }

    /** The gauges that were added. */
    public Map<Meter, LongSupplier> gauges() {
        return Collections.unmodifiableMap(gauges);
    }

    /** Every counter. */
    public Map<Meter, Counter> counters() {
        return Collections.unmodifiableMap(counters);
    }
}
