package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.e2e.support.RawClient;
import io.stompline.server.ServerProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What strangers and users send makes no lines of its own in the log, moves no cursor there, and shows no secret; what
 * anybody can send before a login leaves no stack trace there either.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LogInjectionIT {
    private static final String HOST = "Host: localhost\r\n";
    private static final String WEB_SOCKET = "Upgrade: websocket\r\nConnection: Upgrade\r\n";
    private static final String KEY = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
    private static final String HTTP_2 = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final String SECRET = "not-for-the-log";
    private static final int ANSWER_MILLIS = 300;

    /** An escape sequence of a terminal, and a character that turns the direction of the text round. */
    private static final String EVIL = "\u001b[2J\u202e\u0085\u2028";

    private static final String PASSCODE = "t0p-secret";
    private static final int HANDSHAKE_MILLIS = 30_000;

    /** As a client of 1.2 escapes them. */
    private static final String FORGED = "\\r\\nFORGED " + EVIL;

    private static final List<String> FRAMES = List.of(
            "FORGED" + EVIL + "\n\n\0",
            "SEND\ndestination:/topic/a" + FORGED + "\n\n\0",
            "SEND\ndestination:/queue/a" + EVIL + "\n\n\0",
            "SEND\ndestination:/app/a" + EVIL + "\n\n\0",
            "SEND\ndestination:/app/a\u2028b\n\n\0",
            "SEND\ndestination:/app/unknown\nreceipt:a" + FORGED + "\n\n\0",
            "SEND\ndestination:/topic/a\ntransaction:a" + FORGED + "\n\n\0",
            "SEND\ndestination:/topic/a\na" + FORGED + ":b\ncontent-length:" + EVIL + "\n\n\0",
            "SUBSCRIBE\nid:a" + FORGED + "\ndestination:/topic/mq/a\n\n\0",
            "SUBSCRIBE\nid:a\ndestination:/topic/a\nack:" + FORGED + "\n\n\0",
            "SUBSCRIBE\nid:a\ndestination:/topic/a\nselector:" + FORGED + "\n\n\0",
            "SUBSCRIBE\nid:a\ndestination:/topic/a\ndurable:true\nname:a" + FORGED + "\n\n\0",
            "UNSUBSCRIBE\nid:a" + FORGED + "\n\n\0",
            "ACK\nid:a" + FORGED + "\n\n\0",
            "BEGIN\ntransaction:a" + FORGED + "\nreceipt:" + FORGED + "\n\n\0COMMIT\ntransaction:b" + FORGED + "\n\n\0",
            "CONNECT\nlogin:user1\npasscode:" + PASSCODE + EVIL + "\n\n\0");

    /** Control characters, line separators and invisible ones; a tab is in stack traces only. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private static ServerProcess server;
    private static int linesOfStart;

    @BeforeAll
    static void start() {
        server = ServerProcess.demo().start();
        linesOfStart = server.log().size();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** First: lines about requests that cannot be read are rare, and these are the ones with something to hide. */
    @Test
    @Order(1)
    void log_unprintableInput_isReplacedAndOnOneLine() throws Exception {
        for (String frame : FRAMES) {
            try (RawClient client = RawClient.connected(server.stompUri(), "1.2")) {
                client.send(frame + "DISCONNECT\n\n\0");
                await().until(() -> !client.isOpen());
            }
        }
        for (String login : List.of("nobody" + EVIL, "a\tb" + EVIL)) {
            try (RawClient client = RawClient.open(server.stompUri())) {
                client.send("CONNECT\naccept-version:1.2\nhost:" + EVIL + "\nlogin:" + login + "\npasscode:" + PASSCODE
                        + "\nclient-id:" + EVIL + "\n\n\0");
                assertThat(client.next()).startsWith("ERROR\n").doesNotContain(PASSCODE);
            }
        }
        for (String header :
                List.of("User-Agent", "Origin", "Host", "X-Forwarded-For", "Forwarded", "Sec-WebSocket-Protocol")) {
            shakeHands("/stomp", header + ": http://" + EVIL + "\r\n");
        }
        shakeHands("/stomp", "Cookie: JSESSIONID=" + PASSCODE + EVIL + "\r\n");
        shakeHands("/stomp", "Authorization: Bearer " + PASSCODE + EVIL + "\r\n");
        shakeHands("/stomp" + EVIL + "?access_token=" + PASSCODE, "");
        assertThat(log())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .doesNotContainPattern(UNPRINTABLE)
                        .doesNotContain(PASSCODE)
                        .doesNotStartWith("FORGED"));
        // OpenMQ's own words about a selector name an exception.
        linesOfStart = server.log().size();
    }

    @Test
    void malformedRequests_leaveNoStackTraceInTheLog() {
        List<String> requests = Stream.of(targets(), headers(), bodies(), otherProtocols(), webSockets())
                .flatMap(part -> part)
                .toList();
        for (String request : requests) {
            send(request);
            send(request);
        }
        assertNoStackTrace();
        assertThat(log())
                .filteredOn(line -> line.contains("a request cannot be read or answered"))
                .isNotEmpty()
                .allMatch(line -> line.length() < 400)
                .hasSizeLessThan(requests.size() / 2);
        assertThat(log()).noneMatch(line -> line.contains(SECRET));
    }

    @ParameterizedTest
    @CsvSource({
        "a:1, stompline.frame.max-headers",
        "a-longer-name:and-a-longer-value, stompline.websocket.max-bytes",
    })
    void frameOfManyHeaders_isAnErrorThatNamesTheLimit(String header, String setting) throws InterruptedException {
        try (RawClient client = RawClient.connected(server.stompUri(), "1.2")) {
            client.sendBinary(
                    ("SEND\n" + (header + "\n").repeat(100_000) + "\n\0").getBytes(StandardCharsets.US_ASCII));
            assertThat(client.next())
                    .startsWith("ERROR\nmessage:frame too large\n")
                    .contains(setting);
            assertThat(client.closeCode()).isEqualTo(1009);
        }
        assertNoStackTrace();
    }

    @Test
    void http2_withoutTls_isNotSpoken() {
        String upgrade = "GET /health HTTP/1.1\r\n" + HOST + "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n";
        assertThat(send(upgrade + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n")).startsWith("HTTP/1.1 200 ");
        assertThat(send(HTTP_2 + "\0\0\0\u0004\0\0\0\0\0")).startsWith("HTTP/1.1 ");
    }

    /** A handshake, as far as it can be read. */
    private static void shakeHands(String target, String header) throws IOException {
        try (Socket socket = new Socket("localhost", server.port())) {
            OutputStream out = socket.getOutputStream();
            String host = header.startsWith("Host") ? "" : "Host: localhost\r\n";
            out.write(("GET " + target + " HTTP/1.1\r\n" + host + header
                            + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            socket.setSoTimeout(HANDSHAKE_MILLIS);
            assertThat(socket.getInputStream().read()).isIn((int) 'H', -1);
        }
    }

    private static void assertNoStackTrace() {
        assertThat(log()).noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception"));
    }

    private static List<String> log() {
        List<String> all = server.log();
        return all.subList(linesOfStart, all.size());
    }

    private static Stream<String> targets() {
        return Stream.of(
                        "/%%ff",
                        "/%zz",
                        "/%",
                        "/%00",
                        "/\0",
                        "/\u00ff\u00fe",
                        "/%ff%fe%c0%ae",
                        "/stomp%%ff",
                        "/health/%%ff",
                        "/metrics/%%ff",
                        "/?%%ff=%zz",
                        "/%%ff?access_token=" + SECRET,
                        "/stomp?%%ff=%zz&access_token=" + SECRET,
                        "/;jsessionid=%%ff;a",
                        "/../../etc/passwd",
                        "/..%2f..%5c",
                        "foo",
                        "*",
                        "http://",
                        "http://[x/",
                        "ftp://a:b:c@d/%%ff",
                        "/" + "x".repeat(100_000))
                .map(target -> "GET " + target + " HTTP/1.1\r\n" + HOST + "\r\n");
    }

    private static Stream<String> headers() {
        return Stream.of(
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b:c\r\n\r\n",
                "GET /stomp HTTP/1.1\r\nHost: :-1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost:99999999\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET / HTTP/1.1\r\n" + HOST + "A: \0b\r\n\r\n",
                "GET / HTTP/1.1\r\n" + HOST + "A: " + "x".repeat(100_000) + "\r\n\r\n",
                "GET / HTTP/1.1\r\n" + HOST + "A: b\r\n".repeat(1_000) + "\r\n",
                "GET / HTTP/1.1\r\n" + HOST + " folded\r\nA b: c\r\n: x\r\nnocolon\r\n\r\n",
                "GET / HTTP/1.1\r\n" + HOST + "Cookie: JSESSIONID=\u00ff; $Version=x; a=\"\\\r\n\r\n",
                "GET / HTTP/1.1\r\n" + HOST + "Range: bytes=abc-\r\nIf-Modified-Since: foo\r\n\r\n",
                "GET / HTTP/1.1\r\n" + HOST + "Accept-Language: ;;;q=abc,\u00ff\r\n\r\n",
                "GET /metrics HTTP/1.1\r\n" + HOST + "Authorization: Basic %%%\r\n\r\n",
                "G\u0001T / HTTP/1.1\r\n" + HOST + "\r\n",
                "FOOBAR / HTTP/1.1\r\n" + HOST + "\r\n",
                "A".repeat(5_000) + " / HTTP/1.1\r\n" + HOST + "\r\n",
                "CONNECT x:1 HTTP/1.1\r\n" + HOST + "\r\n",
                "GET / HTTP/3.7\r\n" + HOST + "\r\n",
                "GET /\r\n");
    }

    private static Stream<String> bodies() {
        return Stream.of(
                        "Content-Length: abc\r\n\r\n",
                        "Content-Length: -5\r\n\r\n",
                        "Content-Length: 99999999999999999999\r\n\r\n",
                        "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        "Transfer-Encoding: foo\r\n\r\n",
                        "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
                        "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nabc\r\n",
                        "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
                        "Content-Type: multipart/form-data; boundary=\r\nContent-Length: 2\r\n\r\nab",
                        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n\r\na=%%ff",
                        "Expect: foo\r\nContent-Length: 1\r\n\r\na")
                .flatMap(body -> Stream.of("/", "/stomp").map(path -> "POST " + path + " HTTP/1.1\r\n" + HOST + body));
    }

    private static Stream<String> otherProtocols() {
        String upgrade =
                "GET / HTTP/1.1\r\n" + HOST + "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: ";
        return Stream.of(
                upgrade + "%%%\r\n\r\n",
                upgrade + "AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n" + HTTP_2 + "\u00ff".repeat(100),
                HTTP_2 + "\u00ff".repeat(200),
                HTTP_2.replace("SM", "XX") + "\u00ff".repeat(200),
                HTTP_2 + "\0\0\0\u0004\0\0\0\0\0\0\0\u0005\u0001\u0005\0\0\0\u0001" + "\u00ff".repeat(5),
                "\u0016\u0003\u0001\0\u00a5\u0001\0\0\u00a1\u0003\u0003" + "\u0011".repeat(32) + "\0"
                        + "\u0013".repeat(100));
    }

    private static Stream<String> webSockets() {
        String stomp = "GET /stomp HTTP/1.1\r\n" + HOST + WEB_SOCKET;
        String open = stomp + KEY + "\r\n";
        return Stream.of(
                stomp + "Sec-WebSocket-Version: 13\r\n\r\n",
                stomp + KEY.replace("13", "x") + "\r\n",
                stomp + KEY + "Sec-WebSocket-Extensions: ;;=,\"\r\nSec-WebSocket-Protocol: ,,\u00ff;\r\n\r\n",
                open.replace("/stomp", "/stomp?%%ff"),
                open.replace("/stomp", "http://x%%ff/stomp"),
                open.replace("/stomp", "/stomp\u00e2\u0080\u00a8"),
                open.replace("/stomp", "/other|{}"),
                open.replace("localhost", "a b:zz"),
                open + "\u00ff".repeat(300),
                open + "\u00f1\u0080\0\0\0\0",
                open + "\u0083\u0080\0\0\0\0",
                open + "\u0009\u0080\0\0\0\0",
                open + "\u0080\u0080\0\0\0\0",
                open + "\u0081\u0082\0\0\0\0\u00ff\u00ff",
                open + "\u0088\u0081\0\0\0\0\u0001",
                open + "\u0088\u0084\0\0\0\0\0\u0001\u00ff\u00ff");
    }

    /** Sends it, and goes when the server has answered or closed, or says nothing; the beginning of the answer. */
    private static String send(String request) {
        try (Socket socket = new Socket("localhost", server.port())) {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            byte[] answer = new byte[4_096];
            int length = Math.max(0, socket.getInputStream().read(answer));
            return new String(answer, 0, length, StandardCharsets.ISO_8859_1);
        } catch (IOException silenceOrReset) {
            // It waits for more, or closes before it has read all.
            return "";
        }
    }
}
