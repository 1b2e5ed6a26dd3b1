package io.stompline.bench;

import io.stompline.application.ApplicationWar;
import io.stompline.inbox.TestDatabase;
import io.stompline.server.ServerProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Users who were away come back all at once, and kept messages wait for each of them in a PostgreSQL of its own. Prints
 * how long they wait for the first and the last one, and what that takes of the server.
 *
 * <p>{@code bench.users} is how many come, {@code bench.kept} how many messages wait for each.
 */
public final class KeptRun {
    private static final int USERS = Integer.getInteger("bench.users", 10_000);
    private static final int KEPT = Integer.getInteger("bench.kept", 100);
    private static final int BODY_OCTETS = 100;
    private static final String DESTINATION = "/user/queue/alerts";
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration TURN = Duration.ofMillis(200);

    private final ServerProcess server;
    private final TestDatabase database;
    private final Endpoint endpoint;
    private final List<KeptUser> users =
            IntStream.range(0, USERS).mapToObj(i -> new KeptUser(KEPT)).toList();
    private int opened;
    private int ready;
    private long mostThreads;
    private long mostKib;

    private KeptRun(ServerProcess server, TestDatabase database) {
        this.server = server;
        this.database = database;
        this.endpoint = new Endpoint(server.stompUri(), "", "", true);
    }

    public static void main(String[] args) throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            TestDatabase database = new TestDatabase(postgres.getPostgresDatabase(), "postgresql");
            fill(database);
            try (ServerProcess server = ServerProcess.product()
                    .war(ApplicationWar.write(ApplicationWar.of(KeptDatabase.class)
                            .addAsLibrary(ApplicationWar.jarOf("org.postgresql.Driver")
                                    .toFile())))
                    .with("kept.database", postgres.getJdbcUrl("postgres", "postgres"))
                    .with("stompline.inbox.data-source", KeptDatabase.NAME)
                    .start()) {
                new KeptRun(server, database).run();
            }
        }
    }

    /** The messages of a user lie between those of the others, as they came. */
    private static void fill(TestDatabase database) {
        long now = System.currentTimeMillis();
        database.execute("INSERT INTO stompline_inbox (user_name, destination, headers, body, created, expires)"
                + " SELECT 'user' || u, '" + DESTINATION + "', convert_to(E'content-type:text/plain\\n', 'UTF8'),"
                + " convert_to(rpad(m::text, " + BODY_OCTETS + ", '.'), 'UTF8'), " + now + ", "
                + (now + Duration.ofDays(1).toMillis())
                + " FROM generate_series(1, " + KEPT + ") m, generate_series(0, " + (USERS - 1) + ") u ORDER BY m, u");
        database.execute("ANALYZE stompline_inbox");
    }

    private void run() throws IOException {
        Optional<ProcessHandle> process = ProcessHandle.of(server.pid());
        long begin = System.nanoTime();
        Duration cpu = cpu(process);
        long allThere;
        try (LoadLoop loop = new LoadLoop(endpoint)) {
            loop.forgive();
            while (users.stream().anyMatch(user -> !user.hasAll()) && !isOver(begin)) {
                turn(loop);
            }
            allThere = System.nanoTime() - begin;
            while (database.rows() > 0 && !isOver(begin)) {
                turn(loop);
            }
            print("connections lost", loop.lost());
        }
        System.out.printf(
                Locale.ROOT,
                "all messages after %.1f s, the table empty after %.1f s%n",
                allThere / 1e9,
                (System.nanoTime() - begin) / 1e9);
        print("missing", sum(KeptUser::missing));
        print("doubled", sum(KeptUser::doubled));
        print("out of order", sum(KeptUser::outOfOrder));
        print("from the RECEIPT to the first message", KeptUser::firstAfterNanos);
        print("from the RECEIPT to the last message", KeptUser::lastAfterNanos);
        System.out.printf(
                Locale.ROOT,
                "CPU of the server, µs a message: %.0f%n",
                cpu(process).minus(cpu).toNanos() / 1e3 / USERS / KEPT);
        print("threads of the server at most", mostThreads);
        print("memory of the server at most, MiB", mostKib / 1024);
    }

    private static boolean isOver(long beginNanos) {
        return System.nanoTime() - beginNanos > LIMIT.toNanos();
    }

    private static Duration cpu(Optional<ProcessHandle> process) {
        return process.flatMap(known -> known.info().totalCpuDuration()).orElse(Duration.ZERO);
    }

    /** Opens what may be opened, and serves all for a while. */
    private void turn(LoadLoop loop) throws IOException {
        weigh();
        long end = System.nanoTime() + TURN.toNanos();
        while (System.nanoTime() < end) {
            while (opened < USERS && opened - ready < Crowd.AT_A_TIME) {
                open(loop, users.get(opened), "user" + opened);
                opened++;
            }
            loop.turn(end);
        }
    }

    private void open(LoadLoop loop, KeptUser user, String name) throws IOException {
        LoadClient.Interest interest = new LoadClient.Interest(DESTINATION, true, BODY_OCTETS, user);
        loop.open(endpoint.as(name), Optional.of(interest), () -> {
            user.ready(System.nanoTime());
            ready++;
        });
    }

    private void weigh() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(server.pid()), "status"))) {
            if (line.startsWith("Threads:")) {
                mostThreads = Math.max(mostThreads, number(line));
            } else if (line.startsWith("VmRSS:")) {
                mostKib = Math.max(mostKib, number(line));
            }
        }
    }

    private static long number(String line) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
    }

    private long sum(ToLongFunction<KeptUser> figure) {
        return users.stream().mapToLong(figure).sum();
    }

    private static void print(String what, long number) {
        System.out.println(what + ": " + number);
    }

    private void print(String what, ToLongFunction<KeptUser> nanos) {
        Latencies all = new Latencies();
        users.forEach(user -> all.add(nanos.applyAsLong(user)));
        System.out.printf(
                Locale.ROOT,
                "%s, ms: p50 %.0f, p99 %.0f, longest %.0f%n",
                what,
                all.millis(0.5),
                all.millis(0.99),
                all.millis(1));
    }
}
