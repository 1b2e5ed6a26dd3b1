package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.e2e.support.RawClient;
import io.stompline.server.ServerProcess;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A server whose files run out, before it has ever ended a session. */
class OpenFilesIT {
    private static final int MAX_FILES = 600;
    private static final int STORM = 700;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void storm_moreConnectionsThanFiles_isRefusedAndLeavesNothing() throws Exception {
        ServerProcess server = ServerProcess.demo()
                .maxFiles(MAX_FILES)
                .with("stompline.metrics.role", "admin")
                .start();
        try (server) {
            surviveStorm(server);
        }
        assertThat(server.log())
                .as("no session is left over for which the stop waits in vain")
                .anyMatch(line -> line.matches(".*stopped: .* 0 left, in .*"));
    }

    private static void surviveStorm(ServerProcess server) throws IOException, InterruptedException {
        List<Socket> storm = new ArrayList<>();
        try (RawClient early = RawClient.connected(server.stompUri(), "1.2")) {
            int refused = 0;
            for (int i = 0; i < STORM; i++) {
                Socket socket = new Socket("localhost", server.port());
                storm.add(socket);
                refused += status(server, socket).endsWith(" 503 ") ? 1 : 0;
            }
            assertThat(refused).isPositive();
            early.send("SUBSCRIBE\nid:1\ndestination:/topic/files\nreceipt:r\n\n\0");
            assertThat(early.next()).startsWith("RECEIPT");
            assertThat(server.log().stream().filter(line -> line.contains("ulimit -n")))
                    .hasSize(1);
            assertThat(isZero(server, "stompline_handshakes_refused_for_files_total"))
                    .isFalse();
        }
        for (Socket socket : storm) {
            socket.close();
        }
        await().atMost(LIMIT).until(() -> isZero(server, "stompline_connections"));
        assertThat(isZero(server, "stompline_sessions")).isTrue();
        // The free files are counted once a second.
        await().atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> RawClient.connected(server.stompUri(), "1.2"), client -> true)
                .close();
    }

    /** The first line of the answer to a handshake; empty if none comes in a while. */
    private static String status(ServerProcess server, Socket socket) throws IOException {
        socket.setSoTimeout((int) LIMIT.toMillis());
        socket.getOutputStream()
                .write(("GET /stomp HTTP/1.1\r\nHost: localhost:" + server.port()
                                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                                + "\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 503 ".length());
        return new String(line, StandardCharsets.US_ASCII);
    }

    private static boolean isZero(ServerProcess server, String metric) throws IOException, InterruptedException {
        String all = metrics(server);
        assertThat(all).contains("\n" + metric);
        return Pattern.compile("^" + metric + "(\\{[^}]*})? 0(\\.0)?$", Pattern.MULTILINE)
                .matcher(all)
                .find();
    }

    private static String metrics(ServerProcess server) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.uri("/metrics"))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.US_ASCII)))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
