package io.stompline.jms;

import io.stompline.metrics.Counter;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.BusException;

/** Counts messages that were published, and attempts that failed. Thread-safe. */
final class PublishMetrics {
    private final Counter published;
    private final Counter failures;

    PublishMetrics(Metrics metrics) {
        this.published = metrics.counter(Meter.JMS_MESSAGES_PUBLISHED);
        this.failures = metrics.counter(Meter.JMS_PUBLISH_FAILURES);
    }

    void published(int messages) {
        published.add(messages);
    }

    /** Counts a failure, of one message or of a transaction, and gives it back to be thrown. */
    BusException failed(BusException failure) {
        failures.increment();
        return failure;
    }
}
