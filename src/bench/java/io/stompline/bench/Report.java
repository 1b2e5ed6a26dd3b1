package io.stompline.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that was measured, and where.
 *
 * @param server its name
 * @param loadAverage how many threads of whatever wanted to run in the minute before: above 0, the figures are worth
 *     less
 * @param java version of the Java that ran the server
 * @param seconds how long each scenario was measured
 */
record Report(
        String server,
        String date,
        int processors,
        double loadAverage,
        String java,
        long seconds,
        List<Result> results) {
    /** Writes {@code results.json}, {@code results.svg}, and {@code results-growth.svg} if that was measured. */
    void write(Path directory) throws IOException {
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(directory.resolve("results.json").toFile(), this);
        draw(directory.resolve("results.svg"), server + " under load: 1 GiB of heap", this::isUsual);
        draw(directory.resolve("results-growth.svg"), "What a delivery costs as numbers grow", this::isGrowth);
    }

    /** For people, in columns. */
    String table() {
        StringBuilder table = new StringBuilder(machine()).append("\n\n");
        table.append(String.format(
                Locale.ROOT,
                "%-42s %14s %10s %9s %9s %6s %8s %9s %8s%n",
                "",
                "rate",
                "CPU µs",
                "p50 ms",
                "p99 ms",
                "lost",
                "doubled",
                "reordered",
                "KiB"));
        results.forEach(result -> table.append(row(result)));
        return table.append(
                        "\nrate: deliveries (or connections) per second; CPU µs: CPU time, KiB: memory of the server for each\n")
                .toString();
    }

    private static String row(Result result) {
        return String.format(
                Locale.ROOT,
                "%-42s %,12.0f/s %,10.2f %9.2f %9.2f %6d %8d %9d %8.1f  %s%n",
                result.title(),
                result.perSecond(),
                result.cpuMicros(),
                result.p50Millis(),
                result.p99Millis(),
                result.lost(),
                result.duplicated(),
                result.outOfOrder(),
                result.memoryKib(),
                remarks(result));
    }

    private static String remarks(Result result) {
        return Stream.concat(result.figures().stream().map(Figure::toString), Stream.of(result.note()))
                .filter(remark -> !remark.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /** What a scenario measured, if it was run. */
    Optional<Result> result(String id) {
        return results.stream().filter(result -> result.id().equals(id)).findFirst();
    }

    /** When, where and for how long. */
    String machine() {
        return String.format(
                Locale.ROOT,
                "%s, %d processors for server and load together (load average before: %.1f), Java %s, %d s each",
                date,
                processors,
                loadAverage,
                java,
                seconds);
    }

    private boolean isUsual(Result result) {
        return result.countsMessages() && !isGrowth(result);
    }

    private boolean isGrowth(Result result) {
        return result.id().startsWith(Scenarios.GROWTH);
    }

    private void draw(Path file, String title, Predicate<Result> wanted) throws IOException {
        List<Result> drawn = results.stream().filter(wanted).toList();
        if (drawn.isEmpty()) {
            return;
        }
        Chart chart = new Chart(title, machine());
        chart.panel("Deliveries per second", bars(drawn, Result::perSecond));
        chart.panel("Server CPU per delivery, µs", bars(drawn, Result::cpuMicros));
        chart.panel("Latency, p99, ms", bars(drawn, Result::p99Millis));
        Files.writeString(file, chart.svg());
    }

    private static List<Chart.Bar> bars(List<Result> results, ToDoubleFunction<Result> value) {
        return results.stream()
                .map(result -> new Chart.Bar(result.title(), value.applyAsDouble(result)))
                .toList();
    }
}
