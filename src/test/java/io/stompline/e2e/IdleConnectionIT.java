package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.server.LiveHeap;
import io.stompline.server.ServerProcess;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the server holds in memory for those who are connected and say nothing. */
class IdleConnectionIT {
    private static final String TYRUS = "org.glassfish.tyrus.core.";

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.demo().start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void isNotTheHandshake() throws Exception {
        try (Clients clients = new Clients(server.stompUri())) {
            clients.connect();
            clients.connect();
            await().until(() -> objects("RequestContext") == 0);
            assertThat(objects("TyrusSession")).isEqualTo(2);
        }
    }

    private static long objects(String type) throws IOException {
        return LiveHeap.objects(server.pid(), TYRUS + type);
    }
}
