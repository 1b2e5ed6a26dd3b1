package io.stompline.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Opens connections, each with a subscription to one of many topics, and keeps them. */
final class ConnectRun {
    static final String ID = "connects";

    /** How many connections are being opened at a time. */
    static final int AT_A_TIME = 64;

    private static final int CONNECTIONS = 3000;
    private static final int WARM_UP = 500;
    private static final int TOPICS = 100;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final MeasuredServer server;
    private final Latencies latencies = new Latencies();
    private int opened;
    private int ready;

    private ConnectRun(MeasuredServer server) {
        this.server = server;
    }

    static Result run(MeasuredServer server) throws IOException {
        try (LoadLoop loop = new LoadLoop(server.endpoint())) {
            return new ConnectRun(server).run(loop);
        }
    }

    private Result run(LoadLoop loop) throws IOException {
        open(loop, WARM_UP, new Latencies());
        long begin = System.nanoTime();
        Duration cpu = server.cpu();
        open(loop, WARM_UP + CONNECTIONS, latencies);
        cpu = server.cpu().minus(cpu);
        long nanos = System.nanoTime() - begin;
        return new Result(
                ID,
                CONNECTIONS + " connections, each with a subscription",
                "connections",
                CONNECTIONS * 1e9 / nanos,
                cpu.toNanos() / 1e3 / CONNECTIONS,
                latencies.millis(0.5),
                latencies.millis(0.99),
                0,
                0,
                0);
    }

    /** Opens connections until there are so many. */
    private void open(LoadLoop loop, int all, Latencies times) throws IOException {
        long limit = System.nanoTime() + LIMIT.toNanos();
        while (ready < all) {
            while (opened < all && opened - ready < AT_A_TIME) {
                openOne(loop, times);
            }
            if (System.nanoTime() > limit) {
                throw new IllegalStateException("only " + ready + " of " + all + " connections within " + LIMIT);
            }
            loop.turn(limit);
        }
    }

    private void openOne(LoadLoop loop, Latencies times) throws IOException {
        long begin = System.nanoTime();
        String topic = "/topic/bench/connect/" + opened % TOPICS;
        opened++;
        loop.open(Optional.of(new LoadClient.Interest(topic, false, 0, ConnectRun::unexpected)), () -> {
            ready++;
            times.add(System.nanoTime() - begin);
        });
    }

    private static void unexpected(LoadClient client, byte[] bytes, int start, int end) {
        throw new IllegalStateException("a message that nobody sent");
    }
}
