package io.stompline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose data directory is a file system that is full. */
class FullDiskIT {
    private static final String BODY = "x".repeat(60 * 1024);
    private static final long LEFT = 3L << 20;

    /** How long a destination may stay unusable when there is room again. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path data;

    @Test
    void disk_full_isToldAtOnceAndQueuesAreUsableAgainWhenThereIsRoom() throws Exception {
        assumeTrue(ReadOnlyRoot.isPossible(), "this machine does not let the tests mount");
        try (ServerProcess server = ServerProcess.demo()
                        .launcher(ReadOnlyRoot.withOwnFileSystem(data, "200m"))
                        .data(data)
                        .start();
                Clients clients = new Clients(server.stompUri())) {
            Path ballast = Path.of("/proc/" + server.pid() + "/root" + data, "ballast");
            Clients.send(clients.connect(), "/queue/early", "early");
            fill(ballast);

            RawClient live = clients.subscriber("/topic/live");
            assertThat(sendUntilRefused(clients, "/queue/early")).isEqualTo("message store full");
            HttpResponse<String> ready = ready(server);
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.body()).contains("the disk is full");
            assertThat(sendUntilRefused(clients, "/queue/late")).isEqualTo("message store full");
            Clients.send(clients.connectAs("user2"), "/topic/live", "undisturbed");
            assertThat(live.next()).endsWith("undisturbed");

            Files.delete(ballast);
            for (String queue : List.of("/queue/early", "/queue/late", "/queue/new")) {
                await().atMost(LIMIT)
                        .untilAsserted(() -> assertThat(answer(clients, queue)).isEqualTo("RECEIPT"));
            }
            assertThat(ready(server).body()).contains("open to clients");
            RawClient reader = clients.subscriber("/queue/early");
            assertThat(ReceivedFrame.next(reader).body()).isEqualTo("early");
            assertThat(ReceivedFrame.next(reader).body()).isEqualTo(BODY);
        }
    }

    private static HttpResponse<String> ready(ServerProcess server) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.uri("/health/ready")).build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static void fill(Path ballast) throws IOException {
        byte[] block = new byte[1 << 16];
        try (OutputStream file = Files.newOutputStream(ballast)) {
            while (ballast.toFile().getUsableSpace() > LEFT) {
                file.write(block);
            }
        }
    }

    private static String sendUntilRefused(Clients clients, String queue) throws InterruptedException {
        String answer = "RECEIPT";
        for (int i = 0; i < 1_000 && answer.equals("RECEIPT"); i++) {
            answer = answer(clients, queue);
        }
        return answer;
    }

    /** The command of a RECEIPT, or what an ERROR says. */
    private static String answer(Clients clients, String queue) throws InterruptedException {
        try (RawClient client = clients.connect()) {
            long start = System.nanoTime();
            client.send("SEND\ndestination:" + queue + "\nreceipt:r\n\n" + BODY + "\0");
            ReceivedFrame answer = ReceivedFrame.next(client);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            return answer.command().equals("RECEIPT") ? "RECEIPT" : answer.header("message");
        }
    }
}
