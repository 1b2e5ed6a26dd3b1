package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompline.server.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How many may connect, and how often they may be wrong. */
class AdmissionIT {
    private static ServerProcess server;

    @BeforeAll
    static void start() throws Exception {
        server = ServerProcess.demo()
                .with("stompline.connections.max", "3")
                .with("stompline.connections.max-per-user", "2")
                .with("stompline.login.max-failures", "2")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void refusesOneConnectionTooManyOfAUserAndThenOfTheNode() throws InterruptedException {
        try (RawClient first = RawClient.connected(server.stompUri(), "1.2");
                RawClient second = RawClient.connected(server.stompUri(), "1.2");
                RawClient third = connect("user1", "user1")) {
            assertThat(first).isNotSameAs(second);
            assertThat(third.next())
                    .startsWith("ERROR\nmessage:too many connections\n")
                    .contains("stompline.connections.max-per-user");
            assertThat(third.closeCode()).isEqualTo(1013);
            // The refused one is out when its socket is closed, or a moment later.
            try (RawClient other = await().ignoreExceptions().until(() -> connect("user2", "user2"), client -> true)) {
                assertThat(other.next()).startsWith("CONNECTED\n");
                assertThatThrownBy(() -> RawClient.open(server.stompUri()))
                        .rootCause()
                        .hasMessageContaining("503");
            }
        }
    }

    @Test
    void locksOutALoginThatFailedTooOften() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            try (RawClient client = connect("admin", "wrong")) {
                assertThat(client.next()).contains("message:access refused\n");
                client.closeCode();
            }
        }
        try (RawClient client = connect("admin", "admin")) {
            assertThat(client.next()).contains("message:access refused\n", "stompline.login.max-failures");
            client.closeCode();
        }
    }

    private static RawClient connect(String login, String passcode) {
        return RawClient.open(server.stompUri())
                .send("CONNECT\naccept-version:1.2\nhost:h\nlogin:" + login + "\npasscode:" + passcode + "\n\n\0");
    }
}
