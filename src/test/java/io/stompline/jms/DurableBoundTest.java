package io.stompline.jms;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.LogLines;
import io.stompline.jms.provider.DurableBacklogs;
import io.stompline.jms.provider.DurableBacklogs.Loss;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DurableBoundTest {
    private final Metrics metrics = new Metrics();

    @Test
    void enforce_losses_areCountedAndLoggedOncePerSubscriptionUntilItIsUsed() {
        DurableBound bound = bound(1_000, (maxBytes, losses) -> losses.accept(new Loss("ann//n", "news", 3)));
        try (LogLines log = new LogLines(DurableBound.class)) {
            bound.enforce();
            bound.enforce();
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("ann//n", "3 for now", "news", "stompline.durable.max-bytes");
            bound.isUsed("ann//n");
            bound.enforce();
            assertThat(log.warnings()).hasSize(2);
        }
        assertThat(metrics.counter(Meter.JMS_DURABLE_MESSAGES_LOST).value()).isEqualTo(9);
    }

    @Test
    void enforce_noLimit_looksAtNothing() {
        DurableBacklogs untouched = (maxBytes, losses) -> {
            throw new AssertionError("asked for a limit of " + maxBytes);
        };
        bound(0, untouched).enforce();
    }

    @Test
    void enforce_faultOfTheBroker_isLoggedOnce() {
        DurableBound bound = bound(1_000, (maxBytes, losses) -> {
            throw new IllegalStateException("as intended");
        });
        try (LogLines log = new LogLines(DurableBound.class)) {
            bound.enforce();
            bound.enforce();
            assertThat(log.warnings()).singleElement().asString().contains("stompline.durable.max-bytes");
        }
    }

    @Test
    void enforce_whileItIsUnderWay_beginsNoOther() {
        List<Runnable> tasks = new ArrayList<>();
        DurableBound bound = new DurableBound(1_000, (maxBytes, losses) -> {}, metrics, tasks::add);
        bound.enforce();
        bound.enforce();
        assertThat(tasks).hasSize(1);
        tasks.get(0).run();
        bound.enforce();
        assertThat(tasks).hasSize(2);
    }

    private DurableBound bound(long maxBytes, DurableBacklogs backlogs) {
        return new DurableBound(maxBytes, backlogs, metrics, Runnable::run);
    }
}
