package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.RawSocket;
import io.stompline.server.Server;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many may connect, and how often they may be wrong. */
@Tag(Server.ANY)
class AdmissionIT {
    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        server = Server.demo()
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
    void connections_oneTooManyOfUserOrNode_isRefused() throws Exception {
        List<RawClient> open = List.of(connect("user1", "user1"), connect("user1", "user1"));
        for (RawClient client : open) {
            assertThat(client.next()).startsWith("CONNECTED\n");
        }
        try (RawClient third = connect("user1", "user1")) {
            assertThat(third.next())
                    .startsWith("ERROR\nmessage:too many connections\n")
                    .contains("stompline.connections.max-per-user");
            assertThat(third.closeCode()).isEqualTo(1013);
            try (RawClient other = connect("user2", "user2")) {
                assertThat(other.next()).startsWith("CONNECTED\n");
                assertThatThrownBy(() -> RawClient.open(server.stompUri()))
                        .rootCause()
                        .hasMessageContaining("503");
                try (RawSocket refused = new RawSocket(server.stompUri())) {
                    refused.readThrough(" (stompline.connections.max)\n");
                }
            }
        }
        open.forEach(RawClient::close);
    }

    @Test
    void login_failedTooOften_isLocked() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            try (RawClient client = connect("admin", "guess" + i)) {
                assertThat(client.next()).contains("message:access refused\n");
                client.closeCode();
            }
        }
        try (RawClient client = connect("admin", "admin")) {
            assertThat(client.next()).contains("message:access refused\n", "stompline.login.max-failures");
            client.closeCode();
        }
    }

    @Test
    void login_sameWrongPasscodeAgain_locksNobodyOut() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            try (RawClient client = connect("user2", "mistyped")) {
                assertThat(client.next()).contains("message:access refused\n").doesNotContain("max-failures");
                client.closeCode();
            }
        }
        try (RawClient client = connect("user2", "user2")) {
            assertThat(client.next()).startsWith("CONNECTED\n");
        }
    }

    /** Connections that were closed just now may still count for a moment. */
    private static RawClient connect(String login, String passcode) {
        return await().ignoreExceptions()
                .until(() -> RawClient.open(server.stompUri()), client -> true)
                .send("CONNECT\naccept-version:1.2\nhost:h\nlogin:" + login + "\npasscode:" + passcode + "\n\n\0");
    }
}
