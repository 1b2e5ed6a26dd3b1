package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.RawSocket;
import io.stompline.e2e.support.StompJs;
import io.stompline.server.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** stompjs as it comes, while its server dies and comes back. */
class StompJsReconnectIT {
    private static final String SCRIPT = """
            let connects = 0;
            await new Promise((done) => {
              const client = new Client({
                brokerURL: url,
                connectHeaders: { host: 'localhost', login: 'user1', passcode: 'user1' },
                reconnectDelay: 200,
                onConnect: async () => {
                  if (++connects === 1) {
                    await receipt(client, (headers) =>
                      client.publish({ destination: '/queue/kept', body: 'kept', headers }));
                    client.publish({ destination: '/queue/state', body: 'sent' });
                  } else {
                    console.log((await (await inbox(client, '/queue/kept')).next()).body);
                    await client.deactivate();
                    done();
                  }
                },
              });
              client.activate();
            });
            """;

    @TempDir
    private Path data;

    @Test
    void stompJs_serverRestarted_reconnectsAndGetsItsMessage() throws Exception {
        try (ServerProcess dying = ServerProcess.demo().data(data).start()) {
            CompletableFuture<String> printed = CompletableFuture.supplyAsync(() -> run(dying));
            try (RawClient witness = RawClient.connected(dying.stompUri(), "1.2")) {
                witness.send("SUBSCRIBE\nid:1\ndestination:/queue/state\n\n\0");
                assertThat(witness.next()).contains("sent");
            }
            dying.kill();
            try (ServerProcess next =
                    ServerProcess.demo().data(data).port(dying.port()).start()) {
                assertThat(next.isAlive()).isTrue();
                assertThat(printed.get(60, TimeUnit.SECONDS)).isEqualToIgnoringNewLines("kept");
                assertEndIsHeard(next);
            }
        }
    }

    /** By a client that still writes when the server is stopped as a supervisor does. */
    private static void assertEndIsHeard(ServerProcess server) throws IOException {
        byte[] send = RawSocket.frame(
                0x81,
                ("SEND\ndestination:/topic/a\n\n" + "x".repeat(10_000) + "\0").getBytes(StandardCharsets.US_ASCII));
        try (RawSocket client = new RawSocket(server.stompUri(), "")) {
            ProcessHandle.of(server.pid()).orElseThrow().destroy();
            client.writeUntilAnswered(send);
            for (int i = 0; i < 30; i++) {
                client.write(send);
            }
            assertThat(client.readToClose()).contains(RawSocket.closeFrame(1012) + "the server restarts; retry after ");
        }
    }

    private static String run(ServerProcess server) {
        try {
            return StompJs.run(server, "1.2", SCRIPT);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
