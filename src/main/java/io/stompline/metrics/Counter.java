package io.stompline.metrics;

import java.util.concurrent.atomic.LongAdder;

/** A number of events since the start. Thread-safe. */
public final class Counter {
    private final LongAdder value = new LongAdder();

    Counter() {}

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
