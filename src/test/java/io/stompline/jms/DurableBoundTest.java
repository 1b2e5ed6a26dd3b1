package io.stompline.jms;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.LogLines;
import io.stompline.jms.provider.DurableBacklogs;
import io.stompline.jms.provider.DurableBacklogs.Loss;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.Receiver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DurableBoundTest {
    private final Metrics metrics = new Metrics();

    @Test
    void enforce_losses_areCountedAndLoggedOncePerSubscriptionUntilItIsUsed() {
        DurableBound bound = bound(1_000, (maxBytes, listener) -> listener.lost(new Loss("ann//n", "news", 3)));
        try (LogLines log = new LogLines(DurableBound.class)) {
            bound.enforce();
            bound.enforce();
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("ann//n", "3 for now", "news", "stompline.durable.max-bytes");
            bound.take("ann//n", delivery -> {});
            bound.enforce();
            assertThat(log.warnings()).hasSize(2);
        }
        assertThat(metrics.counter(Meter.JMS_DURABLE_MESSAGES_LOST).value()).isEqualTo(9);
    }

    @Test
    void enforce_noLimit_looksAtNothing() {
        DurableBacklogs untouched = (maxBytes, listener) -> {
            throw new AssertionError("asked for a limit of " + maxBytes);
        };
        bound(0, untouched).enforce();
    }

    @Test
    void enforce_faultOfTheBroker_isLoggedOnce() {
        DurableBound bound = bound(1_000, (maxBytes, listener) -> {
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
        DurableBound bound = new DurableBound(1_000, (maxBytes, listener) -> {}, metrics, tasks::add);
        bound.enforce();
        bound.enforce();
        assertThat(tasks).hasSize(1);
        tasks.get(0).run();
        bound.enforce();
        assertThat(tasks).hasSize(2);
    }

    @Test
    void makesRoom_justDone_doesNothing() {
        List<Long> trims = new ArrayList<>();
        DurableBound bound = bound(1_000, (maxBytes, listener) -> trims.add(maxBytes));
        assertThat(bound.makesRoom()).isTrue();
        assertThat(bound.makesRoom()).isFalse();
        assertThat(trims).containsExactly(1_000L);
    }

    @Test
    void holdsTooMuch_ofAConsumer_tellsIt() {
        List<String> told = new ArrayList<>();
        DurableBound bound = bound(1_000, (maxBytes, listener) -> listener.holdsTooMuch("ann//n"));
        bound.enforce();
        bound.take("ann//n", new Receiver<Object>() {
            @Override
            public void accept(Object next) {
                throw new AssertionError("nothing is delivered");
            }

            @Override
            public void overflowed(String detail) {
                told.add(detail);
            }
        });
        bound.enforce();
        assertThat(told).singleElement().asString().contains("stompline.durable.max-bytes");
        bound.leave("ann//n");
        bound.enforce();
        assertThat(told).hasSize(1);
    }

    private DurableBound bound(long maxBytes, DurableBacklogs backlogs) {
        return new DurableBound(maxBytes, backlogs, metrics, Runnable::run);
    }
}
