package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.application.ApplicationWar;
import io.stompline.application.UpgradedRequests;
import io.stompline.application.WhoAmI;
import io.stompline.e2e.support.ShortConnection;
import io.stompline.server.ServerProcess;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Connections that end soon after their handshake, with every kind of end, on a server that has just started: nobody
 * gets what is another's. {@code -Dstompline.test.connections=5000} makes more of them.
 */
class ShortConnectionsIT {
    private static final int CONNECTIONS = Integer.getInteger("stompline.test.connections", 1_000);
    private static final int THREADS = 16;

    @Test
    void shortConnections_everyKindOfEnd_shareNothing() throws Exception {
        try (ServerProcess server = ServerProcess.product()
                .war(ApplicationWar.write(ApplicationWar.of(WhoAmI.class, UpgradedRequests.class)))
                .start()) {
            assertThat(run(server.uri("/"))).isEmpty();
            assertThat(requests(server)).isEqualTo("0 reused, some upgraded");
            assertThat(server.log())
                    .noneMatch(line -> line.contains("GRIZZLY0013"))
                    .noneMatch(line -> line.contains("connection is null"))
                    .noneMatch(line -> line.contains("WELD-000225"));
        }
    }

    /** What clients saw that was not meant for them. */
    private static List<String> run(URI server) throws Exception {
        ShortConnection.Kind[] kinds = ShortConnection.Kind.values();
        ExecutorService clients = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<String>> running = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int number = i;
                running.add(clients.submit(() -> run(server, number, kinds[number % kinds.length])));
            }
            List<String> odd = new ArrayList<>();
            for (Future<String> one : running) {
                if (!one.get().isEmpty()) {
                    odd.add(one.get());
                }
            }
            return odd;
        } finally {
            clients.shutdownNow();
        }
    }

    private static String run(URI server, int number, ShortConnection.Kind kind) throws Exception {
        try {
            String odd = new ShortConnection(server, number).run(kind);
            return odd.isEmpty() ? "" : kind + ": " + odd;
        } catch (SocketException closedMeanwhile) {
            return kind.name().startsWith("ERROR") ? "" : kind + ": " + closedMeanwhile;
        }
    }

    private static String requests(ServerProcess server) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.uri("/who-am-i?requests")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
