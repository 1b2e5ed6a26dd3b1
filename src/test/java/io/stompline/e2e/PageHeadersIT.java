package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.microsoft.playwright.Page;
import io.stompline.e2e.support.Chromium;
import io.stompline.e2e.support.SharedServer;
import io.stompline.server.ServerProcess;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages and errors tell browsers, and that browsers heed it. */
class PageHeadersIT {
    private static final Map<String, String> EXPECTED = Map.of(
            "content-security-policy",
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "x-content-type-options",
            "nosniff",
            "referrer-policy",
            "no-referrer");

    private static ServerProcess server;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        server = SharedServer.process();
        chromium = Chromium.launch();
    }

    @AfterAll
    static void stop() {
        chromium.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /,                 200",
        "GET,  /index.html,       200",
        "GET,  /guide.html,       200",
        "GET,  /guide/logins.md,  200",
        "GET,  /chat.html,        200",
        "GET,  /js/main.js,       200",
        "GET,  /js/endpoint.js,   200",
        "GET,  /css/page.css,     200",
        "GET,  /health/ready,     200",
        "GET,  /nothing,          404",
        "GET,  /nothing/at/all,   404",
        "GET,  /metrics,          401",
        "GET,  /stomp,            426",
        "POST, /nothing,          404",
        "PUT,  /index.html,       403",
    })
    void headers_pagesAndErrors_haveThemAndNoName(String method, String path, int status) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.uri(path))
                .version(HttpClient.Version.HTTP_1_1)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(status);
        EXPECTED.forEach((name, value) ->
                assertThat(answer.headers().allValues(name)).as(name).containsExactly(value));
        assertThat(answer.headers().map()).doesNotContainKeys("server", "x-powered-by");
        assertThat(status == 200 ? "" : answer.body())
                .doesNotContainIgnoringCase("payara")
                .doesNotContainIgnoringCase("glassfish");
    }

    @Test
    void headers_handshake_hasNone() throws IOException {
        String request = """
                GET /stomp HTTP/1.1
                Host: h
                Connection: Upgrade
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==

                """.replace("\n", "\r\n");
        try (Socket socket = new Socket("localhost", server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) socket.getInputStream().read());
            }
            assertThat(head.toString())
                    .startsWith("HTTP/1.1 101 ")
                    .doesNotContainIgnoringCase("content-security-policy");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "guide.html",
                "guide.html#settings",
                "destinations.html",
                "chat.html",
                "notifications.html",
                "dashboard.html",
                "board.html",
                "text.html",
                "plug.html",
                "nothing"
            })
    void policy_everyPage_breaksNothingOfItsOwn(String name) {
        List<String> complaints = new CopyOnWriteArrayList<>();
        try (Page page = open(name, complaints)) {
            page.waitForLoadState();
            assertThat(complaints).noneMatch(line -> line.contains("Content Security Policy"));
        }
    }

    /** Workers of a {@code blob:}, which stompjs has, would not run. */
    @Test
    void policy_workerOfStomplineJs_runs() {
        List<String> complaints = new CopyOnWriteArrayList<>();
        try (Page page = open("", complaints)) {
            assertThat(page.evaluate("""
                    async () => {
                      const { connect } = await import('./stompline/stompline.js');
                      const worker = new Worker('stompline/beats-worker.js', { type: 'module' });
                      worker.postMessage(10);
                      await new Promise((ticked) => (worker.onmessage = ticked));
                      return typeof connect;
                    }""")).isEqualTo("function");
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void policy_scriptOfAMessage_doesNotRun() {
        List<String> complaints = new CopyOnWriteArrayList<>();
        try (Page page = open("", complaints)) {
            assertThat(page.evaluate("""
                    () => {
                      const script = document.createElement('script');
                      script.textContent = 'document.title = "taken over"';
                      document.body.append(script);
                      return document.title;
                    }""")).isEqualTo("Stompline");
            assertThat(complaints).anyMatch(line -> line.contains("Content Security Policy"));
        }
    }

    @Test
    void policy_frameOfAnotherPage_staysEmpty() {
        List<String> complaints = new CopyOnWriteArrayList<>();
        try (Page page = chromium.browser().newPage()) {
            page.onConsoleMessage(message -> complaints.add(message.text()));
            page.setContent("<iframe src='" + server.uri("/") + "'></iframe>");
            page.waitForCondition(() -> complaints.stream().anyMatch(line -> line.contains("frame-ancestors")));
            assertThat(page.frameLocator("iframe").locator("#connect").count()).isZero();
        }
    }

    private static Page open(String name, List<String> complaints) {
        Page page = chromium.browser().newPage();
        page.onConsoleMessage(message -> complaints.add(message.text()));
        page.navigate(server.uri("/" + name).toString());
        return page;
    }

    /** As a script without a library does: a frame over the limit in pieces, each a WebSocket message. */
    @Test
    void end_pageStillWrites_hearsErrorAndCode() {
        try (Page page = chromium.browser().newPage()) {
            page.navigate(server.uri("/").toString());
            Object ends = page.evaluate("""
                    async (url) => {
                      const end = () => new Promise((done) => {
                        let error = '';
                        const socket = new WebSocket(url);
                        const connect = 'CONNECT\\naccept-version:1.2\\nhost:h\\nlogin:user1\\npasscode:user1\\n\\n\\0';
                        const send = `SEND\\ndestination:/topic/end\\n\\n${'x'.repeat(300_000)}\\0`;
                        socket.onopen = () => socket.send(connect);
                        socket.onmessage = ({ data }) => {
                          if (data.startsWith('ERROR')) error = data.split('\\n')[1];
                          if (!data.startsWith('CONNECTED')) return;
                          for (let at = 0; at < send.length; at += 8192) socket.send(send.slice(at, at + 8192));
                        };
                        socket.onclose = ({ code }) => done(`${error} ${code}`);
                      });
                      const ends = [];
                      for (let run = 0; run < 10; run++) ends.push(await end());
                      return ends;
                    }""", server.stompUri().toString());
            assertThat(ends).asInstanceOf(LIST).hasSize(10).containsOnly("message:frame too large 1009");
        }
    }
}
