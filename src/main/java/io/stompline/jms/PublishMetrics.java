package io.stompline.jms;

import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.BusException;

/** Counts messages that were published, and attempts that failed, by reason. Thread-safe. */
final class PublishMetrics {
    private final Metrics metrics;

    PublishMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    void published(int messages) {
        metrics.counter(Meter.JMS_MESSAGES_PUBLISHED).add(messages);
    }

    /** Counts a failure, of one message or of a transaction, and gives it back to be thrown. */
    BusException failed(BusException failure) {
        metrics.counter(Meter.JMS_PUBLISH_FAILURES).increment();
        metrics.counter(meter(failure.reason())).increment();
        return failure;
    }

    private static Meter meter(BusException.Reason reason) {
        return switch (reason) {
            case UNAVAILABLE, GIVEN_BACK -> Meter.JMS_PUBLISH_FAILURES_UNAVAILABLE;
            case FULL -> Meter.JMS_PUBLISH_FAILURES_FULL;
            case TOO_LARGE -> Meter.JMS_PUBLISH_FAILURES_TOO_LARGE;
            case STORE_FULL -> Meter.JMS_PUBLISH_FAILURES_STORE_FULL;
            case STORE_DAMAGED -> Meter.JMS_PUBLISH_FAILURES_STORE_DAMAGED;
            case FAILED -> Meter.JMS_PUBLISH_FAILURES_FAILED;
            case REFUSED, BAD_HEADER, BAD_DESTINATION, BAD_SELECTOR, IN_USE -> Meter.JMS_PUBLISH_FAILURES_REFUSED;
        };
    }
}
