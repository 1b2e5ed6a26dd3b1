package io.stompline.bench;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a comparison as two tables in Markdown, with a column for each server: what all scenarios have, and what some
 * have besides.
 */
final class ComparisonTable {
    private final Comparison comparison;

    ComparisonTable(Comparison comparison) {
        this.comparison = comparison;
    }

    String markdown() {
        return comparison.machine() + ".\n\n"
                + "Each cell: deliveries (or connections) per second / CPU time of the server for each, µs / latency, p50 / p99,"
                + " ms / for a connection also memory.\n\n"
                + table(comparison.scenarios().stream()
                        .map(scenario -> row(scenario.title(), scenario, ComparisonTable::cell)))
                + "\n"
                + table(comparison.scenarios().stream().flatMap(this::besides));
    }

    private String table(Stream<String> rows) {
        String names = comparison.servers().stream().map(Report::server).collect(Collectors.joining(" | "));
        return "| | " + names + " |\n"
                + "|---|" + "---|".repeat(comparison.servers().size()) + "\n"
                + rows.collect(Collectors.joining());
    }

    private String row(String head, Result scenario, Function<Result, String> cell) {
        return comparison.servers().stream()
                .map(server -> server.result(scenario.id()).map(cell).orElse("–"))
                .collect(Collectors.joining(" | ", "| " + head + " | ", " |\n"));
    }

    /** A row for each figure that any server has of that scenario, and one for notes. */
    private Stream<String> besides(Result scenario) {
        Stream<String> figures = results(scenario)
                .flatMap(result -> result.figures().stream())
                .map(Figure::label)
                .distinct()
                .map(label -> row(scenario.title() + ": " + label, scenario, result -> number(result, label)));
        boolean noted = results(scenario).anyMatch(result -> !result.note().isEmpty());
        return noted ? Stream.concat(figures, Stream.of(row(scenario.title(), scenario, Result::note))) : figures;
    }

    private Stream<Result> results(Result scenario) {
        return comparison.servers().stream()
                .map(server -> server.result(scenario.id()))
                .flatMap(Optional::stream);
    }

    private static String number(Result result, String label) {
        return result.figures().stream()
                .filter(figure -> figure.label().equals(label))
                .map(Figure::number)
                .findFirst()
                .orElse("–");
    }

    private static String cell(Result result) {
        return String.format(
                        Locale.ROOT,
                        "%,.0f / %.2f / %.1f / %.1f",
                        result.perSecond(),
                        result.cpuMicros(),
                        result.p50Millis(),
                        result.p99Millis())
                + (result.memoryKib() > 0 ? String.format(Locale.ROOT, " / %.1f KiB", result.memoryKib()) : "")
                + fault(result.lost(), "lost")
                + fault(result.duplicated(), "doubled")
                + fault(result.outOfOrder(), "reordered");
    }

    private static String fault(long messages, String what) {
        return messages == 0 ? "" : String.format(Locale.ROOT, ", %,d %s", messages, what);
    }
}
