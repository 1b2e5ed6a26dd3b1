package io.stompline.metrics;

import java.util.concurrent.atomic.LongAdder;

/** A number of events since the start. Thread-safe. */
public final class Counter {
    private final String name;
    private final LongAdder value = new LongAdder();

    Counter(String name) {
        this.name = name;
    }

    /** The name with its unit, such as {@code messages_received}. */
    public String name() {
        return name;
    }

    /** Counts one event. */
    public void increment() {
        value.increment();
    }

    /** Counts several events. */
    public void add(long events) {
        value.add(events);
    }

    /** Events so far. */
    public long value() {
        return value.sum();
    }
}
