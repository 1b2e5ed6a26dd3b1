package io.stompline.e2e;

import static io.stompline.e2e.support.SharedServer.connected;
import static io.stompline.e2e.support.SharedServer.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.SharedServer;
import io.stompline.server.Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CONNECT, STOMP, CONNECTED and DISCONNECT on the wire. */
@ExtendWith(SharedServer.class)
@Tag(Server.ANY)
class ProtocolConnectIT {
    private static final String LOGIN = "login:user1\npasscode:user1\n\n\0";
    private static final int ANSWER_MILLIS = 30_000;

    @ParameterizedTest
    @CsvSource({"'1.0',1.0", "'1.1',1.1", "'1.2',1.2", "'1.0,1.1',1.1", "'1.2,1.1,1.0',1.2", "'0.9,1.1,9.9',1.1"})
    void version_common_highestIsTaken(String accepted, String agreed) throws InterruptedException {
        try (RawClient client = open()) {
            client.send("CONNECT\naccept-version:" + accepted + "\nhost:h\n" + LOGIN);
            assertThat(client.next())
                    .startsWith("CONNECTED\n")
                    .contains("version:" + agreed + "\n", "session:", "server:Stompline", "user-name:user1\n");
        }
    }

    @Test
    void subprotocol_several_highestVersionIsTaken() {
        WebSocket oldestFirst = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("other", "v10.stomp", "v11.stomp", "v12.stomp")
                .buildAsync(SharedServer.uri(), new WebSocket.Listener() {})
                .join();
        assertThat(oldestFirst.getSubprotocol()).isEqualTo("v12.stomp");
        oldestFirst.abort();
    }

    @Test
    void version_absent_is10() throws InterruptedException {
        try (RawClient client = open()) {
            client.send("CONNECT\n" + LOGIN);
            assertThat(client.next()).startsWith("CONNECTED\nversion:1.0\n").doesNotContain("heart-beat");
        }
    }

    @Test
    void version_noneInCommon_namesTheVersions() throws InterruptedException {
        try (RawClient client = open()) {
            client.send("CONNECT\naccept-version:9.9\nhost:h\n" + LOGIN);
            assertThat(client.next()).startsWith("ERROR\n").contains("version:1.0,1.1,1.2\n");
            assertThat(client.closeCode()).isEqualTo(1002);
        }
    }

    @Test
    void connect_stompCommand_isTheSame() throws InterruptedException {
        try (RawClient client = open()) {
            client.send("STOMP\naccept-version:1.2\nhost:h\n" + LOGIN);
            assertThat(client.next()).startsWith("CONNECTED\nversion:1.2\n");
        }
    }

    @Test
    void connect_withoutHost_isTaken() throws InterruptedException {
        for (String versions : new String[] {"1.1", "1.2", "1.1,1.2", "1.2,1.1,1.0"}) {
            try (RawClient client = open()) {
                client.send("CONNECT\naccept-version:" + versions + "\n" + LOGIN);
                assertThat(client.next()).startsWith("CONNECTED\n");
            }
        }
    }

    @Test
    void connect_headers_areNotUnescaped() throws InterruptedException {
        try (RawClient client = open()) {
            client.send("CONNECT\naccept-version:1.2\nhost:a\\b\nlogin:user1\npasscode:user1\n\n\0");
            assertThat(client.next()).startsWith("CONNECTED\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"passcode:user1\n", "login:\npasscode:user1\n", ""})
    void login_missing_isRefusedWithTheReason(String credentials) throws InterruptedException {
        try (RawClient client = open()) {
            client.send("CONNECT\naccept-version:1.2\nhost:h\n" + credentials + "\n\0");
            assertThat(client.next())
                    .startsWith("ERROR\nmessage:access refused\n")
                    .endsWith(
                            "\n\nthis CONNECT has neither a header login nor a token, and the user of the handshake is not known");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"login:user1\npasscode:wrong\n", "login:nobody\npasscode:user1\n", "login:user1\n"})
    void login_wrong_isRefusedWithoutSayingWhatIsWrong(String credentials) throws InterruptedException {
        try (RawClient client = open()) {
            client.send("CONNECT\naccept-version:1.2\nhost:h\n" + credentials + "\n\0");
            assertThat(client.next())
                    .startsWith("ERROR\nmessage:access refused\n")
                    .endsWith("\n\nthe server did not accept the login and passcode");
            assertThat(client.closeCode()).isEqualTo(1008);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SEND\ndestination:/topic/a\n\n\0",
                "SUBSCRIBE\nid:1\ndestination:/topic/a\n\n\0",
                "UNSUBSCRIBE\nid:1\n\n\0",
                "ACK\nid:1\n\n\0",
                "NACK\nid:1\n\n\0",
                "BEGIN\ntransaction:1\n\n\0",
                "COMMIT\ntransaction:1\n\n\0",
                "ABORT\ntransaction:1\n\n\0",
                "DISCONNECT\n\n\0"
            })
    void connect_otherFrameBefore_isRefused(String frame) throws InterruptedException {
        try (RawClient client = open()) {
            client.send(frame);
            assertThat(client.next()).startsWith("ERROR\nmessage:not connected\n");
            assertThat(client.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void connect_twice_isRefused() throws InterruptedException {
        try (RawClient client = connected("1.2")) {
            client.send("CONNECT\naccept-version:1.2\nhost:h\nlogin:admin\npasscode:admin\n\n\0");
            assertThat(client.next()).startsWith("ERROR\nmessage:already connected\n");
        }
    }

    @Test
    void disconnect_receipt_precedesCloseAndEndsInput() throws InterruptedException {
        for (String version : new String[] {"1.0", "1.1", "1.2"}) {
            try (RawClient client = connected(version)) {
                client.send("DISCONNECT\nreceipt:bye\n\n\0SEND\ndestination:/topic/a\nreceipt:late\n\n\0");
                assertThat(client.next()).isEqualTo("RECEIPT\nreceipt-id:bye\n\n");
                assertThat(client.closeCode()).isEqualTo(1000);
            }
        }
    }

    @Test
    void origin_other_isRefused() {
        for (String origin : new String[] {"https://evil.example", "null", "http://localhost.evil.example"}) {
            assertThatThrownBy(() -> HttpClient.newHttpClient()
                            .newWebSocketBuilder()
                            .header("Origin", origin)
                            .buildAsync(SharedServer.uri(), new java.net.http.WebSocket.Listener() {})
                            .join())
                    .rootCause()
                    .hasMessageContaining("403");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  Upgrade,             AAAAAAAAAAAAAAAAAAAAAA==, Origin: ORIGIN,                  101",
        "GET,  'keep-alive, UPGRADE', AAAAAAAAAAAAAAAAAAAAAA==, Origin: ORIGIN,                  101",
        "POST, Upgrade,             AAAAAAAAAAAAAAAAAAAAAA==, Origin: ORIGIN,                  400",
        "GET,  Upgrade,             AAAAAAAAAAAAAAAAAAAAAA==, Content-Length: 5,               400",
        "GET,  Upgrade,             AAAAAAAAAAAAAAAAAAAAAA==, Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==, 400",
        "GET,  Upgrade,             AAAA,                     Origin: ORIGIN,                  400",
        "GET,  Upgrade,             none at all,              Origin: ORIGIN,                  400",
        "GET,  Upgrade,             AAAAAAAAAAAAAAAAAAAAAA==, Origin: ORIGIN|Origin: http://x, 400"
    })
    void handshake_malformed_opensNoWebSocket(String method, String connection, String key, String origins, int status)
            throws IOException {
        URI uri = SharedServer.uri();
        String request = method + " " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: " + connection
                + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + key + "\r\n"
                + origins.replace("ORIGIN", "http://" + uri.getAuthority()).replace("|", "\r\n") + "\r\n\r\n";
        assertThat(answer(request)).startsWith("HTTP/1.1 " + status);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /stomp,  1.1, Connection: close",
        "GET,  /stomp,  1.1, Connection: close|Upgrade: websocket|Sec-WebSocket-Version: 13",
        "GET,  /stomp/, 1.1, Connection: Upgrade",
        "GET,  /stomp,  1.1, Connection: Upgrade|Upgrade: h2c",
        "GET,  /stomp,  1.0, Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Version: 13",
        "POST, /stomp,  1.1, Content-Length: 0",
        "GET,  /stomp,  1.1, Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Version: 8",
        "GET,  /stomp,  1.1, Connection: Upgrade|Upgrade: websocket"
    })
    void handshake_withoutUpgrade_isAnswered426(String method, String path, String version, String headers)
            throws IOException {
        assertThat(answer(method + " " + at(path) + " HTTP/" + version + "\r\nHost: h\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n" + headers.replace("|", "\r\n")
                        + "\r\n\r\n"))
                .startsWith("HTTP/1.1 426 Upgrade Required\n")
                .containsIgnoringCase("\nUpgrade: websocket\n")
                .containsIgnoringCase("\nSec-WebSocket-Version: 13\n")
                .endsWith("\n")
                .containsPattern("\n\n(Here is an endpoint of STOMP over|this server speaks version 13 of) WebSocket");
    }

    @ParameterizedTest
    @CsvSource({"/stomp, 'h2c, websocket'", "/stomp, WebSocket", "/stomp/, websocket"})
    void handshake_unusualButValid_opensAWebSocket(String path, String upgrade) throws IOException {
        assertThat(answer("GET " + at(path) + " HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: " + upgrade
                        + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"))
                .startsWith("HTTP/1.1 101 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"permessage-deflate", "permessage-deflate; client_max_window_bits", "x-webkit-deflate-frame"})
    void handshake_compressionOffered_isNotAgreed(String extension) throws IOException {
        assertThat(answer("GET " + at("/stomp") + " HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\n"
                        + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Extensions: " + extension
                        + "\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"))
                .startsWith("HTTP/1.1 101 ")
                .doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
    }

    @Test
    void origin_other_isAnswered403WithTheSetting() throws IOException {
        assertThat(answer("GET " + at("/stomp") + " HTTP/1.1\r\nHost: h\r\nOrigin: https://evil.example\r\n"
                        + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"))
                .startsWith("HTTP/1.1 403 Forbidden\n")
                .endsWith("\n\nthis origin is not allowed (stompline.allowed-origins)\n");
    }

    private static String at(String path) {
        return SharedServer.uri().getPath().replaceFirst("/stomp$", "") + path;
    }

    /** Head and body, which ends with the connection if its length is not told. */
    private static String answer(String request) throws IOException {
        URI uri = SharedServer.uri();
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var input = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            int length = Integer.MAX_VALUE;
            for (String line = input.readLine(); !line.isEmpty(); line = input.readLine()) {
                answer.append(line).append('\n');
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(
                            line.substring("content-length:".length()).strip());
                }
            }
            answer.append('\n');
            boolean hasBody = !answer.toString().startsWith("HTTP/1.1 101 ");
            for (int octet = 0, i = 0; hasBody && i < length && (octet = input.read()) >= 0; i++) {
                answer.append((char) octet);
            }
            return answer.toString();
        }
    }
}
