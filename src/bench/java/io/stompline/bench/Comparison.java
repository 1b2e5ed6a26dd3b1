package io.stompline.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Several servers that were measured on the same machine.
 *
 * @param runs how often each was measured, at most
 * @param servers the medians of each; not empty
 */
record Comparison(int runs, List<Report> servers) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Reads every {@code results.json} below {@code comparison} in a directory, and writes {@code comparison.md},
     * {@code comparison.svg} and {@code comparison.json} into the directory.
     */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        Comparison comparison = of(read(directory.resolve("comparison")));
        MAPPER.writerWithDefaultPrettyPrinter()
                .writeValue(directory.resolve("comparison.json").toFile(), comparison);
        String table = new ComparisonTable(comparison).markdown();
        Files.writeString(directory.resolve("comparison.md"), table);
        if (comparison.scenarios().stream().anyMatch(Result::countsMessages)) {
            Files.writeString(directory.resolve("comparison.svg"), new ComparisonChart(comparison).svg());
        }
        System.out.print(table);
    }

    private static List<Report> read(Path directory) throws IOException {
        List<Report> reports = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file :
                    files.filter(path -> path.endsWith("results.json")).sorted().toList()) {
                reports.add(MAPPER.readValue(file.toFile(), Report.class));
            }
        }
        return reports;
    }

    private static Comparison of(List<Report> reports) {
        Map<String, List<Report>> byServer = new LinkedHashMap<>();
        // We are the first column.
        byServer.put(StartedServer.NAME, new ArrayList<>());
        reports.forEach(report -> byServer.computeIfAbsent(report.server(), server -> new ArrayList<>())
                .add(report));
        byServer.values().removeIf(List::isEmpty);
        int runs = byServer.values().stream().mapToInt(Comparison::runs).max().orElseThrow();
        return new Comparison(runs, byServer.values().stream().map(Medians::of).toList());
    }

    /** How often that was measured which was measured most often: one run may have left several reports. */
    private static int runs(List<Report> reports) {
        return reports.stream()
                .flatMap(report -> report.results().stream())
                .collect(Collectors.groupingBy(Result::id, Collectors.summingInt(result -> 1)))
                .values()
                .stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
    }

    /**
     * What was measured, each once, in the order of the first server that has it: any result stands for its scenario.
     */
    List<Result> scenarios() {
        Map<String, Result> scenarios = new LinkedHashMap<>();
        servers.forEach(server -> server.results().forEach(result -> scenarios.putIfAbsent(result.id(), result)));
        return List.copyOf(scenarios.values());
    }

    /** On what machine this was. */
    String machine() {
        return "Medians (runs: " + runs + "); " + servers.get(0).machine();
    }
}
