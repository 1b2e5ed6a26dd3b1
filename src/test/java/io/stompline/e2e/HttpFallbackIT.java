package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.HttpStomp;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.SharedServer;
import io.stompline.server.Server;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions over plain HTTP, as requests on the wire. */
@Tag(Server.ANY)
@ExtendWith(SharedServer.class)
class HttpFallbackIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private static final String TYPE = "application/stomp";
    private static final String GONE = "410";
    private static final int MESSAGES = 1_000;
    private static final int MESSAGE_CHARS = 16 * 1024;

    private final String topic = "/topic/http-" + UUID.randomUUID();
    private final URI uri = SharedServer.uri();

    @RegisterExtension
    final Clients clients = new Clients(SharedServer.uri());

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    void stream_eachVersion_carriesFramesBothWays(String version) throws IOException {
        String connect = HttpStomp.CONNECT.replace("1.2", version);
        try (HttpStomp client = HttpStomp.stream(uri, connect, Map.of())) {
            assertThat(client.next()).startsWith("CONNECTED\nversion:" + version + "\n");
            subscribe(client);
            assertThat(client.send(message(" two\n\nlines, ä\0"))).isEqualTo(204);
            assertThat(client.next()).startsWith("MESSAGE\n").endsWith("\n\n two\n\nlines, ä");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"carriage\rreturn", "bell \u0007", "\uFEFFmark"})
    void stream_anyText_arrivesAsItWas(String body) throws IOException {
        try (HttpStomp client = connected()) {
            subscribe(client);
            client.send(message(body + "\0"));
            assertThat(client.next()).endsWith("\n\n" + body);
        }
    }

    @Test
    void stream_binaryBody_arrivesAsItWas() throws Exception {
        RawClient sender = clients.connect();
        try (HttpStomp client = connected()) {
            subscribe(client);
            byte[] head = ("SEND\ndestination:" + topic + "\ncontent-length:3\n\n").getBytes(StandardCharsets.UTF_8);
            byte[] frame = new byte[head.length + 4];
            System.arraycopy(head, 0, frame, 0, head.length);
            frame[head.length] = (byte) 0xff;
            frame[head.length + 1] = 1;
            frame[head.length + 2] = (byte) 0xfe;
            sender.sendBinary(frame);
            assertThat(client.next()).endsWith("\n\n\uFFFD\u0001\uFFFD");
        }
    }

    @Test
    void send_repeatedOrEarly_isCarriedOutOnceAndInOrder() throws IOException {
        try (HttpStomp client = connected()) {
            subscribe(client);
            assertThat(client.send(3, message("second\0"))).isEqualTo(409);
            assertThat(client.send(2, message("first\0"))).isEqualTo(204);
            assertThat(client.send(2, message("first\0"))).isEqualTo(204);
            assertThat(client.send(3, message("second\0"))).isEqualTo(204);
            assertThat(client.next()).endsWith("\n\nfirst");
            assertThat(client.next()).endsWith("\n\nsecond");
            assertThat(client.post("", "\n", Map.of()).statusCode()).isEqualTo(400);
            assertThat(client.post("?n=0", "\n", Map.of()).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void send_whileAnotherIsUnderWay_isRefusedAndTheFrameMayBeCut() throws Exception {
        String part = message("in ");
        try (HttpStomp client = connected()) {
            subscribe(client);
            try (Socket first = client.beginToSend(part, part.length() + 1)) {
                await().atMost(LIMIT)
                        .until(() -> client.post("?n=1", "", Map.of()).statusCode() == 409);
                first.getOutputStream().write('t');
                assertThat(new String(first.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 204");
            }
            assertThat(client.send("wo\0")).isEqualTo(204);
            assertThat(client.next()).endsWith("\n\nin two");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Stompline-Secret, AAAAAAAAAAAAAAAAAAAAAA, 403",
        "Stompline-Secret, '',                    403",
        "Origin,           https://evil.example,  403",
        "Sec-Fetch-Site,   cross-site,            403",
        "Content-Type,     text/plain,            415"
    })
    void send_ofAnother_isRefused(String header, String value, int status) throws IOException {
        try (HttpStomp client = connected()) {
            HttpResponse<String> answer = client.post("?n=1", message("forged\0"), Map.of(header, value));
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
            subscribe(client);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,     application/stomp, Accept, */*,                    405",
        "DELETE,  application/stomp, Accept, */*,                    405",
        "POST,    text/plain,        Accept, */*,                    415",
        "POST,    application/stomp, Origin, https://evil.example,   403",
        "OPTIONS, application/stomp, Origin, https://evil.example,   403",
        "OPTIONS, application/stomp, Accept, */*,                    204"
    })
    void opening_notAsItMustBe_isRefused(String method, String type, String header, String value, int status) {
        assertThat(HttpStomp.tryOpening(uri, method, Map.of("Content-Type", type, header, value))
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void send_tooLarge_isRefused() throws IOException {
        try (HttpStomp client = connected()) {
            String large = "x".repeat(70_000);
            HttpResponse<String> answer = client.post("?n=1", large, Map.of());
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(client.sendLater(BodyPublishers.ofInputStream(
                                    () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.US_ASCII))))
                            .join())
                    .isEqualTo(413);
        }
        assertThat(HttpStomp.polling(uri, "")
                        .post("?n=1", "x".repeat(17_000), Map.of())
                        .statusCode())
                .as("before CONNECTED")
                .isEqualTo(413);
    }

    @Test
    void stream_loginRefused_getsErrorAndClose() {
        HttpStomp client = HttpStomp.stream(uri, HttpStomp.CONNECT.replace("1.2", "9"), Map.of());
        assertThat(client.next()).startsWith("ERROR\n");
        assertThat(client.end()).isEqualTo("{\"code\":1002,\"reason\":\"unsupported protocol version\"}");
        await().atMost(LIMIT).until(() -> Integer.toString(client.send("\n")).equals(GONE));
    }

    @Test
    void stream_brokenOff_endsTheSession() throws IOException {
        HttpStomp client = connected();
        client.breakOff();
        await().atMost(LIMIT).until(() -> Integer.toString(client.send("\n")).equals(GONE));
    }

    @Test
    void session_closedOrDeleted_isGone() throws IOException {
        try (HttpStomp closed = connected();
                HttpStomp deleted = connected()) {
            assertThat(closed.post("/close", "", Map.of()).statusCode()).isEqualTo(204);
            assertThat(closed.end()).contains("1000");
            assertThat(deleted.ask("DELETE", Map.of()).statusCode()).isEqualTo(204);
            assertThat(deleted.end()).contains("1000");
            assertThat(deleted.post("/poll?ack=0", "", Map.of()).statusCode()).isEqualTo(410);
        }
    }

    /** Otherwise the next request on it may wait for 30 s, and then get no answer: see {@code Exchange}. */
    @Test
    void poll_answer_isTheLastOfItsConnection() throws IOException {
        try (HttpStomp client = HttpStomp.polling(uri, HttpStomp.CONNECT)) {
            assertThat(client.post("/poll?ack=0", "", Map.of()).headers().firstValue("connection"))
                    .contains("close");
        }
    }

    @Test
    void send_wholeWithItsHead_leavesTheConnectionOpen() throws IOException {
        try (HttpStomp client = connected();
                Socket socket = client.socket()) {
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            for (int i = 0; i < 3; i++) {
                client.sendOn(socket, "\n", 1);
                assertThat(answers.readLine()).startsWith("HTTP/1.1 204");
                assertThat(answers.lines().takeWhile(line -> !line.isEmpty()))
                        .noneMatch(line -> line.equalsIgnoreCase("Connection: close"));
            }
        }
    }

    @Test
    void stream_readsNothing_isEndedAndOthersGetAll() throws Exception {
        RawClient other = clients.subscriber(topic);
        RawClient sender = clients.connect();
        HttpStomp slow = connected();
        subscribe(slow);
        String body = "x".repeat(MESSAGE_CHARS);
        for (int i = 0; i < MESSAGES; i++) {
            Clients.send(sender, topic, body);
            other.next();
        }
        await().atMost(LIMIT).until(() -> Integer.toString(slow.send("\n")).equals(GONE));
    }

    @Test
    void poll_batches_comeOnceAcknowledgedAndAgainIfNot() {
        HttpStomp client = HttpStomp.polling(uri, HttpStomp.CONNECT);
        String first = client.poll(0).body();
        assertThat(first).startsWith("data: CONNECTED\n");
        assertThat(client.poll(0).body()).isEqualTo(first);
        client.send("SUBSCRIBE\nid:1\ndestination:" + topic + "\nreceipt:r\n\n\0");
        assertThat(client.poll(1).body()).startsWith("data: RECEIPT\n");
        assertThat(client.poll(5).statusCode()).isEqualTo(409);
        client.send("DISCONNECT\nreceipt:bye\n\n\0");
        assertThat(client.poll(2).body()).contains("receipt-id:bye");
        String end = client.poll(3).body();
        assertThat(end).isEqualTo("event: close\ndata: {\"code\":1000,\"reason\":\"disconnected\"}\n\n");
        assertThat(client.poll(3).body()).isEqualTo(end);
    }

    @Test
    void poll_whileAnotherWaits_isRefused() {
        HttpStomp client = HttpStomp.polling(uri, HttpStomp.CONNECT);
        assertThat(client.next()).startsWith("CONNECTED\n");
        List<CompletableFuture<HttpResponse<String>>> polls =
                Stream.generate(() -> pollLater(client)).limit(2).toList();
        var first = CompletableFuture.anyOf(polls.get(0), polls.get(1)).join();
        assertThat(((HttpResponse<?>) first).statusCode()).isEqualTo(409);
        subscribeWithout(client);
        assertThat(polls).anyMatch(poll -> poll.join().body().startsWith("data: RECEIPT\n"));
        client.post("/close", "", Map.of());
    }

    private static CompletableFuture<HttpResponse<String>> pollLater(HttpStomp client) {
        return CompletableFuture.supplyAsync(() -> client.poll(1), task -> new Thread(task).start());
    }

    private HttpStomp connected() {
        HttpStomp client = HttpStomp.stream(uri, HttpStomp.CONNECT, Map.of("Content-Type", TYPE));
        assertThat(client.next()).startsWith("CONNECTED\n");
        return client;
    }

    private void subscribe(HttpStomp client) {
        subscribeWithout(client);
        assertThat(client.next()).isEqualTo("RECEIPT\nreceipt-id:r\n\n");
    }

    /** The receipt is for others to read. */
    private void subscribeWithout(HttpStomp client) {
        assertThat(client.send("SUBSCRIBE\nid:1\ndestination:" + topic + "\nreceipt:r\n\n\0"))
                .isEqualTo(204);
    }

    private String message(String rest) {
        return "SEND\ndestination:" + topic + "\n\n" + rest;
    }
}
