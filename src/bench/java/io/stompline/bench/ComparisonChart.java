package io.stompline.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Draws of a comparison what depends least on the rest of the machine: CPU time of the servers, and latency at a fixed
 * rate.
 */
final class ComparisonChart {
    private static final String FIXED_RATE = "open-loop";

    private final Comparison comparison;

    ComparisonChart(Comparison comparison) {
        this.comparison = comparison;
    }

    String svg() {
        Chart chart = new Chart("CPU time of the server for each delivery, µs: less is better", comparison.machine());
        for (Result scenario : comparison.scenarios()) {
            if (scenario.countsMessages()) {
                chart.panel(scenario.title(), bars(scenario, Result::cpuMicros));
            }
            if (scenario.id().equals(FIXED_RATE)) {
                chart.panel("its latency, p99, ms", bars(scenario, Result::p99Millis));
            }
        }
        return chart.svg();
    }

    private List<Chart.Bar> bars(Result scenario, ToDoubleFunction<Result> figure) {
        return comparison.servers().stream()
                .map(server -> new Chart.Bar(
                        server.server(),
                        server.result(scenario.id()).map(figure::applyAsDouble).orElse(Double.NaN)))
                .toList();
    }
}
