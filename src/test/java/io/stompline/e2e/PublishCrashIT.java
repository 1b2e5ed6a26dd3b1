package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.application.ApplicationWar;
import io.stompline.application.Steps;
import io.stompline.application.StepsServlet;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.server.ServerProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server dies while a transaction commits: afterwards database and queue have its order both, or neither. */
class PublishCrashIT {
    @TempDir
    private static Path directory;

    private static Path war;
    private static Path commands;
    private static ServerProcess server;

    /** What the queue has given so far. */
    private static final List<String> TOLD = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        war = ApplicationWar.write(
                ApplicationWar.of(Steps.class, StepsServlet.class).addClass("io.stompline.application.Crash"));
        // H2 writes half a second after a commit by default: that would be lost as well.
        commands = Files.writeString(directory.resolve("orders.asadmin"), """
                create-jdbc-connection-pool --restype javax.sql.XADataSource --datasourceclassname org.h2.jdbcx.JdbcDataSource \
                --property URL=jdbc\\:h2\\:file\\:${stompline.data}/orders;WRITE_DELAY\\=0:User=sa:Password=sa orders-pool
                create-jdbc-resource --connectionpoolid orders-pool jdbc/orders
                """);
        restart();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"queue,    COMMIT,   database, true", "database, queue,    PREPARE,  false"})
    void transaction_crashWhileCommitting_leavesDatabaseAndQueueEqual(
            String first, String second, String third, boolean decided) throws Exception {
        crash(first, second, third, decided);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({
        "database, COMMIT,   queue,    true",
        "COMMIT,   database, queue,    true",
        "database, PREPARE,  queue,    false",
        "queue,    PREPARE,  database, false"
    })
    void transaction_crashAtOtherSteps_leavesDatabaseAndQueueEqual(
            String first, String second, String third, boolean decided) throws Exception {
        crash(first, second, third, decided);
    }

    private static void crash(String first, String second, String third, boolean decided) throws Exception {
        String name = String.join("-", first, second, third);
        place(name + "-before", "database", "queue");
        assertThatThrownBy(() -> place(name, first, second, third)).isInstanceOf(IOException.class);

        restart();
        assertThat(orders().contains(name)).as("in the database").isEqualTo(decided);
        readUntil(decided ? name : name + "-before");
        place(name + "-after", "database", "queue");
        readUntil(name + "-after");
        assertThat(TOLD).containsExactlyInAnyOrderElementsOf(orders());
        if (!decided) {
            // Nothing of it is left that holds the place.
            place(name, "database", "queue");
        }
    }

    private static void restart() {
        if (server != null) {
            server.close();
        }
        server = ServerProcess.product()
                .war(war)
                .data(directory.resolve("data"))
                .afterBoot(commands)
                .start();
    }

    /** Takes messages off the queue up to this one: when it returns the broker will not give them again. */
    private static void readUntil(String last) throws InterruptedException {
        try (RawClient client = RawClient.open(server.stompUri())) {
            client.send("CONNECT\naccept-version:1.2\nhost:h\nlogin:ann\npasscode:ann\n\n\0");
            client.next();
            client.send("SUBSCRIBE\nid:q\ndestination:/queue/orders\nack:client\n\n\0");
            ReceivedFrame message;
            do {
                message = ReceivedFrame.next(client);
                TOLD.add(message.body());
            } while (!message.body().equals(last));
            client.send("ACK\nid:" + message.header("ack") + "\nreceipt:r\n\n\0");
            assertThat(client.next()).startsWith("RECEIPT");
        }
    }

    private static void place(String name, String... steps) throws IOException, InterruptedException {
        get("/steps?name=" + name + "&step=" + String.join("&step=", steps));
    }

    /** What is in the database. */
    private static List<String> orders() throws IOException, InterruptedException {
        return List.of(get("/steps").split(","));
    }

    private static String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.uri(path))
                .timeout(Duration.ofSeconds(60))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
