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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What strangers and users send makes no lines of its own in the log, moves no cursor there, and shows no secret. */
class LogInjectionIT {
    /** An escape sequence of a terminal, and a character that turns the direction of the text round. */
    private static final String EVIL = "\u001b[2J\u202e\u0085\u2028";

    private static final String SECRET = "t0p-secret";

    /** As a client of 1.2 escapes them. */
    private static final String FORGED = "\\r\\nFORGED " + EVIL;

    private static final int ANSWER_MILLIS = 30_000;

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
            "CONNECT\nlogin:user1\npasscode:" + SECRET + EVIL + "\n\n\0");

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

    @Test
    void log_unprintableInput_isReplacedAndOnOneLine() throws Exception {
        for (String frame : FRAMES) {
            try (RawClient client = RawClient.connected(server.stompUri(), "1.2")) {
                client.send(frame + "DISCONNECT\n\n\0");
                await().until(() -> !client.isOpen());
            }
        }
        for (String login : List.of("nobody" + EVIL, "a\tb" + EVIL)) {
            try (RawClient client = RawClient.open(server.stompUri())) {
                client.send("CONNECT\naccept-version:1.2\nhost:" + EVIL + "\nlogin:" + login + "\npasscode:" + SECRET
                        + "\nclient-id:" + EVIL + "\n\n\0");
                assertThat(client.next()).startsWith("ERROR\n").doesNotContain(SECRET);
            }
        }
        for (String header :
                List.of("User-Agent", "Origin", "Host", "X-Forwarded-For", "Forwarded", "Sec-WebSocket-Protocol")) {
            request("/stomp", header + ": http://" + EVIL + "\r\n");
        }
        request("/stomp", "Cookie: JSESSIONID=" + SECRET + EVIL + "\r\n");
        request("/stomp", "Authorization: Bearer " + SECRET + EVIL + "\r\n");
        request("/stomp" + EVIL + "?access_token=" + SECRET, "");
        assertThat(lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .doesNotContainPattern(UNPRINTABLE)
                        .doesNotContain(SECRET)
                        .doesNotStartWith("FORGED"));
    }

    private static List<String> lines() {
        List<String> all = server.log();
        return all.subList(linesOfStart, all.size());
    }

    /** A handshake, as far as it can be read. */
    private static void request(String target, String header) throws IOException {
        try (Socket socket = new Socket("localhost", server.port())) {
            OutputStream out = socket.getOutputStream();
            String host = header.startsWith("Host") ? "" : "Host: localhost\r\n";
            out.write(("GET " + target + " HTTP/1.1\r\n" + host + header
                            + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            socket.setSoTimeout(ANSWER_MILLIS);
            assertThat(socket.getInputStream().read()).isIn((int) 'H', -1);
        }
    }
}
