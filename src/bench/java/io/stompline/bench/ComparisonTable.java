package io.stompline.bench;

import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a comparison as a table in Markdown: a row for each scenario, a column for each server. */
final class ComparisonTable {
    private final Comparison comparison;

    ComparisonTable(Comparison comparison) {
        this.comparison = comparison;
    }

    String markdown() {
        String names = comparison.servers().stream().map(Report::server).collect(Collectors.joining(" | "));
        String rows = comparison.scenarios().stream().map(this::row).collect(Collectors.joining());
        return comparison.machine() + ".\n\n"
                + "Each cell: deliveries (or connections) per second / CPU time of the server for each, µs / latency, p99, ms"
                + " / for a connection also memory.\n\n"
                + "| | " + names + " |\n"
                + "|---|" + "---|".repeat(comparison.servers().size()) + "\n"
                + rows;
    }

    private String row(Result scenario) {
        return comparison.servers().stream()
                .map(server ->
                        server.result(scenario.id()).map(ComparisonTable::cell).orElse("–"))
                .collect(Collectors.joining(" | ", "| " + scenario.title() + " | ", " |\n"));
    }

    private static String cell(Result result) {
        return String.format(
                        Locale.ROOT, "%,.0f / %.2f / %.1f", result.perSecond(), result.cpuMicros(), result.p99Millis())
                + (result.memoryKib() > 0 ? String.format(Locale.ROOT, " / %.1f KiB", result.memoryKib()) : "")
                + fault(result.lost(), "lost")
                + fault(result.duplicated(), "doubled")
                + fault(result.outOfOrder(), "reordered");
    }

    private static String fault(long messages, String what) {
        return messages == 0 ? "" : String.format(Locale.ROOT, ", %,d %s", messages, what);
    }
}
