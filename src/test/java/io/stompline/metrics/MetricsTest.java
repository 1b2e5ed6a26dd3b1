package io.stompline.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics();

    @Test
    void makesACounterOnce() {
        metrics.counter("frames_received").increment();
        metrics.counter("frames_received").add(4);
        assertThat(metrics.counter("frames_received").value()).isEqualTo(5);
        assertThat(metrics.counters()).hasSize(1);
    }

    @Test
    void listsCountersByName() {
        metrics.counter("b");
        metrics.counter("a");
        assertThat(metrics.counters()).extracting(Counter::name).containsExactly("a", "b");
    }

    @Test
    void asksForAGaugeWhenItIsWanted() {
        long[] bytes = {1};
        metrics.gauge("bytes", () -> bytes[0]);
        bytes[0] = 2;
        assertThat(metrics.gauges().get("bytes").getAsLong()).isEqualTo(2);
    }

    @Test
    void countsOnManyThreads() {
        IntStream.range(0, 10_000)
                .parallel()
                .forEach(i -> metrics.counter("events").increment());
        assertThat(metrics.counter("events").value()).isEqualTo(10_000);
    }
}
