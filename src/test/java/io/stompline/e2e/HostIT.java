package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.server.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that is asked by names that are not its own, as after DNS rebinding. */
class HostIT {
    private static final int ANSWER_MILLIS = 30_000;
    private static final String STATUS = "HTTP/1.1 xxx ";
    private static final String HANDSHAKE = "Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13"
            + "|Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==";

    /** Of this, and of no other address, the server believes whom a request is for. */
    private static final int PROXY = 9;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.demo()
                .with("stompline.hosts", "chat.example, *.example.org")
                .with("stompline.proxies", "127.0.0." + PROXY)
                .with("stompline.metrics.role", "admin")
                .with("stompline.path", "/live")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void start_log_saysOnceThatTheApplicationIsDeployed() {
        assertThat(server.log())
                .filteredOn(line -> line.endsWith("The application at / is deployed, its endpoint is /live"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "/live,                 chat.example,         HANDSHAKE, 101",
        "/live,                 www.example.org:8080, HANDSHAKE, 101",
        "/live/,                chat.example,         HANDSHAKE, 101",
        "/live,                 evil.example,         HANDSHAKE, 400",
        "/live/,                localhost,            HANDSHAKE, 400",
        "/live,                 evil.example,         Origin: http://evil.example|HANDSHAKE, 400",
        "/live,                 evil.example,         X-Forwarded-Host: chat.example|HANDSHAKE, 400",
        "/stomp,                evil.example,         HANDSHAKE, 404",
        "/,                     chat.example,         Connection: close, 200",
        "/,                     evil.example,         Connection: close, 400",
        "/index.html,           localhost,            Connection: close, 400",
        "/index.html,           chat.example,         Connection: close|Host: evil.example, 400",
        "/favicon.ico,          chat.example,         Connection: close, 200",
        "/js/main.js,           evil.example,         Connection: close, 400",
        "/nothing,              evil.example,         Connection: close, 400",
        "/metrics,              chat.example,         Connection: close|Authorization: Basic YWRtaW46YWRtaW4=, 200",
        "/metrics,              evil.example,         Connection: close|Authorization: Basic YWRtaW46YWRtaW4=, 400",
        "/health,               10.0.0.7:8080,        Connection: close, 200",
        "/health/ready,         10.0.0.7:8080,        Connection: close, 200",
        "/healthy,              10.0.0.7:8080,        Connection: close, 400",
    })
    void host_foreign_isRefusedExceptForProbes(String path, String host, String headers, int status)
            throws IOException {
        assertThat(answer(1, path, host, headers)).startsWith("HTTP/1.1 " + status + " ");
    }

    @ParameterizedTest
    @CsvSource({
        "/live, 127.0.0.1:8080, X-Forwarded-Host: chat.example|HANDSHAKE, 101",
        "/live, chat.example,   X-Forwarded-Host: evil.example|HANDSHAKE, 400",
        "/live, chat.example,   HANDSHAKE,                                101",
        "/,     127.0.0.1:8080, Connection: close|X-Forwarded-Host: chat.example, 200",
        "/,     127.0.0.1:8080, Connection: close|Forwarded: host=chat.example, 200",
        "/,     chat.example,   Connection: close|X-Forwarded-Host: evil.example, 400",
    })
    void proxy_trusted_saysWhichHostIsMeant(String path, String host, String headers, int status) throws IOException {
        assertThat(answer(PROXY, path, host, headers)).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void host_foreign_isLoggedAndToldWithTheSetting() throws IOException {
        assertThat(answer(1, "/", "told.example", "Connection: close"))
                .containsIgnoringCase("\r\nX-Content-Type-Options: nosniff\r\n")
                .endsWith("this server is not asked by that name (stompline.hosts)\n");
        answer(1, "/", "told.example", "Connection: close");
        assertThat(server.log())
                .filteredOn(line -> line.contains("told.example"))
                .singleElement()
                .asString()
                .contains("WARNING", "add it to stompline.hosts");
    }

    @Test
    void start_announcement_namesTheEndpoint() {
        await().untilAsserted(() -> assertThat(server.log()).contains("  ws://localhost:" + server.port() + "/live"));
    }

    private static String answer(int address, String path, String host, String headers) throws IOException {
        InetAddress from = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) address});
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port(), from, 0)) {
            socket.setSoTimeout(ANSWER_MILLIS);
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n"
                    + headers.replace("HANDSHAKE", HANDSHAKE).replace("|", "\r\n") + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            if (headers.contains("HANDSHAKE")) {
                return new String(socket.getInputStream().readNBytes(STATUS.length()), StandardCharsets.US_ASCII);
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
