package io.stompline.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens connections, each with a subscription, and keeps them: how fast that goes, what they hold, and what their
 * heart-beats cost.
 */
final class ConnectRun {
    private static final int WARM_UP = 500;
    private static final Duration SETTLING = Duration.ofSeconds(2);

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
     * @param heartBeats what clients promise and want
     * @param idle how long nothing but heart-beats is then sent
     * @param way of all connections
     */
    record Plan(
            String id,
            String title,
            int connections,
            int topics,
            int messages,
            HeartBeats heartBeats,
            Duration idle,
            Way way) {
        /** As {@code stompline-socket.js} asks for, where each beat of the client costs a request. */
        private static final HeartBeats FOR_HTTP = new HeartBeats(Duration.ofSeconds(25), Duration.ofSeconds(10));

        static final List<Plan> ALL = List.of(
                silent("connects", "5,000 connections, 100 topics", 5000, 100, 0),
                beating("heart-beats-5000", "5,000 connections with heart-beats", 5000),
                beating("heart-beats-10000", "10,000 connections with heart-beats", 10_000),
                silent("destinations", "10,000 connections, a topic each", 10_000, Integer.MAX_VALUE, 1000),
                silent("destinations-10", "10 connections, a topic each", 10, Integer.MAX_VALUE, 500),
                idle("websocket", "5,000 WebSockets", 5000, Way.WEBSOCKET),
                idle("stream", "5,000 streams", 5000, Way.STREAM),
                idle("polls", "1,000 sessions that poll", 1000, Way.POLLS));

        private static Plan silent(String id, String title, int connections, int topics, int messages) {
            return new Plan(id, title, connections, topics, messages, HeartBeats.NONE, Duration.ZERO, Way.WEBSOCKET);
        }

        private static Plan beating(String id, String title, int connections) {
            HeartBeats heartBeats = new HeartBeats(Duration.ofSeconds(10), Duration.ofSeconds(10));
            return new Plan(id, title, connections, 100, 0, heartBeats, Duration.ofSeconds(30), Way.WEBSOCKET);
        }

        private static Plan idle(String id, String title, int connections, Way way) {
            return new Plan("http-idle-" + id, title, connections, 100, 0, FOR_HTTP, Duration.ofSeconds(60), way);
        }

        String topic(int connection) {
            return "/topic/bench." + id + "." + connection % topics;
        }

        boolean hasHeartBeats() {
            return !heartBeats.equals(HeartBeats.NONE);
        }
    }

    private final Plan plan;
    private final MeasuredServer server;
    private final Latencies latencies = new Latencies();
    private final Mail mail = new Mail();
    private final List<Figure> figures = new ArrayList<>();

    private ConnectRun(Plan plan, MeasuredServer server) {
        this.plan = plan;
        this.server = server;
    }

    static Result run(Plan plan, MeasuredServer server) throws IOException {
        checkFiles((WARM_UP + plan.connections()) * plan.way().sockets() + OTHER_FILES);
        try (LoadLoop loop =
                new LoadLoop(server.endpoint().with(plan.heartBeats()).by(plan.way()))) {
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
        Crowd crowd = new Crowd(loop, plan.heartBeats().sent(), this::interest);
        crowd.grow(WARM_UP, new Latencies());
        Footprint before = Footprint.of(server.process());
        long begin = System.nanoTime();
        Duration cpu = server.cpu();
        crowd.grow(WARM_UP + plan.connections(), latencies);
        cpu = server.cpu().minus(cpu);
        long nanos = System.nanoTime() - begin;
        if (plan.hasHeartBeats()) {
            loop.forgive();
            idle(crowd);
            figures.add(new Figure("closed", loop.lost(), ""));
        }
        if (plan.way().isHttp()) {
            figures.add(new Figure("sockets each", (double) loop.sockets() / (WARM_UP + plan.connections()), ""));
        }
        Footprint after = Footprint.of(server.process());
        mail.send(loop, plan.messages(), plan::topic);
        if (plan.messages() > 0) {
            figures.add(new Figure("a message to one topic, p50", mail.millis(0.5), "ms"));
        }
        if (after.heapKib() > 0) {
            double heapKib = (double) (after.heapKib() - before.heapKib()) / plan.connections();
            figures.add(new Figure("heap each", heapKib, "KiB"));
        }
        figures.add(new Figure("threads", after.threads(), ""));
        return result(nanos, cpu, after.residentKib() - before.residentKib());
    }

    /** Sees what connections cost that only beat, and whether they hear the server's heart-beats. */
    private void idle(Crowd crowd) throws IOException {
        crowd.stay(SETTLING);
        long begin = System.nanoTime();
        Duration cpu = server.cpu();
        crowd.stay(plan.idle());
        cpu = server.cpu().minus(cpu);
        double cores = (double) cpu.toNanos() / (System.nanoTime() - begin);
        long tooLong = plan.heartBeats().wanted().multipliedBy(2).toNanos();
        figures.add(new Figure("CPU while idle", cores, "cores"));
        figures.add(new Figure("longest silence", crowd.silencesNanos().max().orElse(0) / 1e9, "s"));
        figures.add(new Figure(
                "missed heart-beats",
                crowd.silencesNanos().filter(silence -> silence > tooLong).count(),
                ""));
    }

    private LoadClient.Interest interest(int connection) {
        return new LoadClient.Interest(
                plan.topic(connection), false, 0, (client, bytes, start, end) -> mail.arrived(connection));
    }

    private Result result(long nanos, Duration cpu, long grownKib) {
        return new Result(
                plan.id(),
                plan.title(),
                "connections",
                plan.connections() * 1e9 / nanos,
                cpu.toNanos() / 1e3 / plan.connections(),
                latencies.millis(0.5),
                latencies.millis(0.99),
                mail.lost(),
                mail.duplicated(),
                0,
                (double) grownKib / plan.connections(),
                figures,
                "");
    }
}
