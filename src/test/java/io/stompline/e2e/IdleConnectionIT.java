package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.RawClient;
import io.stompline.server.LiveHeap;
import io.stompline.server.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the server holds in memory for those who are connected and say nothing. */
class IdleConnectionIT {
    private static final String TYRUS = "org.glassfish.tyrus.core.";

    private static final int CONNECTIONS = 200;
    private static final int LARGE = 60_000;

    private static ServerProcess server;

    /** Each counts objects of its own connections. */
    @BeforeEach
    void start() {
        server = ServerProcess.demo()
                .with("stompline.connections.max-per-user", "1000")
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void memory_idleConnection_holdsNoHandshake() throws Exception {
        try (Clients clients = new Clients(server.stompUri())) {
            clients.connect();
            clients.connect();
            await().until(() -> objects("RequestContext") == 0);
            assertThat(objects("TyrusSession")).isEqualTo(2);
        }
    }

    @Tag("long")
    @Test
    void memory_idleConnection_holdsNoLargeBuffer() throws Exception {
        try (Clients clients = new Clients(server.stompUri())) {
            List<RawClient> open = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                open.add(clients.connect());
            }
            sendByEach(open, "small");
            long before = LiveHeap.bytes(server.pid());
            sendByEach(open, "x".repeat(LARGE));
            sendByEach(open, "small");
            assertThat(LiveHeap.bytes(server.pid()) - before).isLessThan(CONNECTIONS * LARGE / 2);
        }
    }

    private static void sendByEach(List<RawClient> clients, String body) throws InterruptedException {
        for (RawClient client : clients) {
            Clients.send(client, "/topic/nobody", body);
        }
    }

    private static long objects(String type) throws IOException {
        return LiveHeap.objects(server.pid(), TYRUS + type);
    }
}
