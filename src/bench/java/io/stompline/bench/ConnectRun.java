package io.stompline.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Opens connections, each with a subscription, and keeps them: how fast that goes, and what they hold. */
final class ConnectRun {
    private static final int WARM_UP = 500;

    /** Files that the server and the load generator have open besides. */
    private static final int OTHER_FILES = 600;

    /**
     * What to open.
     *
     * @param id names it on the command line
     * @param title names it in tables
     * @param connections how many, after some more to get warm
     * @param topics how many topics they share
     * @param messages how many topics get a message in the end
     */
    record Plan(String id, String title, int connections, int topics, int messages) {
        static final List<Plan> ALL = List.of(
                new Plan("connects", "5,000 connections, 100 topics", 5000, 100, 0),
                new Plan("destinations", "10,000 connections, a topic each", 10_000, Integer.MAX_VALUE, 1000));

        String topic(int connection) {
            return "/topic/bench." + id + "." + connection % topics;
        }
    }

    private final Plan plan;
    private final MeasuredServer server;
    private final Latencies latencies = new Latencies();
    private final Mail mail = new Mail();

    private ConnectRun(Plan plan, MeasuredServer server) {
        this.plan = plan;
        this.server = server;
    }

    static Result run(Plan plan, MeasuredServer server) throws IOException {
        checkFiles(WARM_UP + plan.connections() + OTHER_FILES);
        try (LoadLoop loop = new LoadLoop(server.endpoint())) {
            return new ConnectRun(plan, server).run(loop);
        }
    }

    private static void checkFiles(long wanted) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && system.getMaxFileDescriptorCount() < wanted) {
            throw new IllegalStateException("so many connections need " + wanted + " open files, and "
                    + system.getMaxFileDescriptorCount() + " are allowed; raise ulimit -n");
        }
    }

    private Result run(LoadLoop loop) throws IOException {
        Crowd crowd = new Crowd(loop, this::interest);
        crowd.grow(WARM_UP, new Latencies());
        Footprint before = Footprint.of(server.process());
        long begin = System.nanoTime();
        Duration cpu = server.cpu();
        crowd.grow(WARM_UP + plan.connections(), latencies);
        cpu = server.cpu().minus(cpu);
        long nanos = System.nanoTime() - begin;
        Footprint after = Footprint.of(server.process());
        mail.send(loop, plan.messages(), plan::topic);
        return result(nanos, cpu, before, after);
    }

    private LoadClient.Interest interest(int connection) {
        return new LoadClient.Interest(
                plan.topic(connection), false, 0, (client, bytes, start, end) -> mail.arrived(connection));
    }

    private Result result(long nanos, Duration cpu, Footprint before, Footprint after) {
        double each = 1.0 / plan.connections();
        return new Result(
                plan.id(),
                plan.title(),
                "connections",
                plan.connections() * 1e9 / nanos,
                cpu.toNanos() / 1e3 * each,
                latencies.millis(0.5),
                latencies.millis(0.99),
                mail.lost(),
                mail.duplicated(),
                0,
                (after.residentKib() - before.residentKib()) * each,
                note((after.heapKib() - before.heapKib()) * each, after.threads()));
    }

    private static String note(double heapKib, long threads) {
        String heap = heapKib == 0 ? "" : String.format(Locale.ROOT, "%.1f KiB of heap each, ", heapKib);
        return heap + threads + " threads with all";
    }
}
