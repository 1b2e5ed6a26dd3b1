package io.stompline.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics();

    @Test
    void metric_counterOfOneMeter_isOne() {
        metrics.counter(Meter.FRAMES_RECEIVED).increment();
        metrics.counter(Meter.FRAMES_RECEIVED).add(4);
        assertThat(metrics.counter(Meter.FRAMES_RECEIVED).value()).isEqualTo(5);
    }

    @Test
    void metric_counter_existsFromTheStart() {
        assertThat(metrics.counters().keySet())
                .containsExactlyElementsOf(Arrays.stream(Meter.values())
                        .filter(meter -> meter.kind() == Meter.Kind.COUNTER)
                        .toList());
    }

    @Test
    void metric_gauge_isReadOnDemand() {
        long[] bytes = {1};
        metrics.gauge(Meter.OUTBOX_BYTES, () -> bytes[0]);
        bytes[0] = 2;
        assertThat(metrics.gauges().get(Meter.OUTBOX_BYTES).getAsLong()).isEqualTo(2);
    }

    @Test
    void metric_meterOfTheOtherKind_isRefused() {
        assertThatThrownBy(() -> metrics.counter(Meter.OUTBOX_BYTES)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> metrics.gauge(Meter.FRAMES_SENT, () -> 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void metric_counterOnManyThreads_losesNothing() {
        IntStream.range(0, 10_000)
                .parallel()
                .forEach(i -> metrics.counter(Meter.ERRORS_SENT).increment());
        assertThat(metrics.counter(Meter.ERRORS_SENT).value()).isEqualTo(10_000);
    }
}
