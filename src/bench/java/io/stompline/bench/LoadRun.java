package io.stompline.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Puts a server under load and writes down what that cost: a table to the console, {@code results.json} and
 * {@code results.svg} into a directory. The server is that of {@link GivenServer}, or a {@link StartedServer}.
 *
 * <p>{@code bench.seconds} is how long each scenario is measured; {@code bench.load} a regular expression for the ids
 * of those to run.
 */
public final class LoadRun {
    /** So long the compiler of a large server is busy before a scenario is as fast as it will be for days. */
    private static final Duration WARM_UP = Duration.ofSeconds(6);

    private static final Duration SECONDS = Duration.ofSeconds(Integer.getInteger("bench.seconds", 8));
    private static final Pattern WANTED = Pattern.compile(System.getProperty("bench.load", ""));

    private LoadRun() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        Files.createDirectories(directory);
        try (MeasuredServer server = GivenServer.fromProperties().orElseGet(StartedServer::new)) {
            Report report = report(server, load);
            report.write(directory);
            System.out.print(report.table());
        }
    }

    private static Report report(MeasuredServer server, double load) throws IOException {
        return new Report(
                server.name(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Runtime.getRuntime().availableProcessors(),
                load,
                System.getProperty("java.version"),
                SECONDS.toSeconds(),
                measure(server));
    }

    private static List<Result> measure(MeasuredServer server) throws IOException {
        List<Result> results = new ArrayList<>();
        List<Scenario> scenarios = Scenarios.ALL.stream()
                .filter(scenario -> WANTED.matcher(scenario.id()).find())
                .toList();
        if (!scenarios.isEmpty()) {
            // The server's compiler, and ours, have seen messages before anything counts.
            TrafficRun.run(Scenarios.ALL.get(0), server, WARM_UP, WARM_UP);
        }
        for (Scenario scenario : scenarios) {
            results.add(said(TrafficRun.run(scenario, server, WARM_UP, SECONDS)));
        }
        for (ConnectRun.Plan plan : ConnectRun.Plan.ALL) {
            if (WANTED.matcher(plan.id()).find()) {
                results.add(said(ConnectRun.run(plan, server)));
            }
        }
        return results;
    }

    private static Result said(Result result) {
        System.out.println("measured: " + result.title());
        return result;
    }
}
