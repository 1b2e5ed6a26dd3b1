package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.stompline.config.Setting;
import io.stompline.config.Settings;
import io.stompline.e2e.support.Chromium;
import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.ConsolePage;
import io.stompline.e2e.support.DemoPage;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.RawSocket;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.e2e.support.StompJs;
import io.stompline.server.FreePorts;
import io.stompline.server.ProxyProcess;
import io.stompline.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients behind nginx and HAProxy, with the configurations that go with the server, and clients that only say so. */
class ProxyIT {
    private static final int ANSWER_MILLIS = 30_000;
    private static final String SPOOFED = """
            X-Forwarded-For: 127.0.0.99
            Forwarded: for=127.0.0.99;host=evil.example;proto=http
            X-Forwarded-Host: evil.example
            """.replace("\n", "\r\n");

    private static final int PING_SECONDS = 1;

    /** Head of a WebSocket message (RFC 6455, 5.5.2) without a payload. */
    private static final String PING = "\u0089\u0000";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final int NUMBERS_PER_EVENT = 20;

    /** The certificate is of the test. */
    private static final String PAGE = """
            import { connect } from 'stompline';
            process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
            const webSocketFactory = () => new StomplineSocket(url, { transports: [transport] });
            const client = new Client({ webSocketFactory, connectHeaders: { login: 'user1', passcode: 'user1' } });
            const stomp = connect(client);
            const box = mailbox();
            stomp.subscribe('TOPIC', box.put);
            const sending = (async () => {
              for (let i = 0; i < NUMBERS; i++) {
                await stomp.publish('TOPIC', `${i}`);
              }
            })();
            for (let i = 0; i < NUMBERS; i++) {
              assert.equal(await box.next(), `${i}`);
            }
            await sending;
            assert.equal(box.come.length, 0);
            await stomp.close();
            """;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.demo()
                .with("stompline.proxies", "127.0.0.1")
                .with("stompline.login.max-failures", "1")
                .with("stompline.history", "/topic/proxy/* 300 5m")
                .with("stompline.ping.interval", Integer.toString(1_000 * PING_SECONDS))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void proxy_pagesOfItsOwnHost_connectAndOthersDoNot(ProxyProcess.Program program) throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start(program, server.port())) {
            String own = "https://" + proxy.authority();
            assertThat(login(proxy, 2, "Origin: " + own + "\r\n", "user1")).contains("CONNECTED\n");
            assertThat(login(proxy, 2, "Origin: " + own + "\r\n" + SPOOFED, "user1"))
                    .contains("CONNECTED\n");
            for (String origin :
                    new String[] {"https://evil.example", "http://" + proxy.authority(), "https://localhost", "null"}) {
                assertThat(login(proxy, 2, "Origin: " + origin + "\r\n" + SPOOFED, "user1"))
                        .as(origin)
                        .startsWith("HTTP/1.1 403 ");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void proxy_upgradeToHttp2_isNotPassedOn(ProxyProcess.Program program) throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start(program, server.port());
                Socket socket = proxy.connect(loopback(2))) {
            socket.setSoTimeout(ANSWER_MILLIS);
            send(
                    socket,
                    ("GET /health HTTP/1.1\r\nHost: " + proxy.authority() + "\r\nUpgrade: h2c\r\n"
                                    + "Connection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(read(socket, "\r\n\r\n")).startsWith("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void proxy_wrongPasscode_locksTheLoginForThatClientOnly(ProxyProcess.Program program) throws Exception {
        int own = 10 * (1 + program.ordinal());
        try (ProxyProcess proxy = ProxyProcess.start(program, server.port())) {
            assertThat(login(proxy, own, SPOOFED, "wrong")).contains("ERROR\n");
            assertThat(login(proxy, own, "", "user1")).contains("stompline.login.max-failures");
            assertThat(login(proxy, own, "X-Forwarded-For: 127.0.0.77\r\n", "user1"))
                    .contains("stompline.login.max-failures");
            assertThat(login(proxy, own + 1, "", "user1")).contains("CONNECTED\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void proxy_wrongPasscodeByHttp_locksTheLoginForThatClientOnly(ProxyProcess.Program program) throws Exception {
        int own = 50 + 10 * program.ordinal();
        try (ProxyProcess proxy = ProxyProcess.start(program, server.port())) {
            assertThat(loginByHttp(proxy, own, SPOOFED, "wrong")).contains("ERROR\n");
            assertThat(loginByHttp(proxy, own, "", "user1")).contains("stompline.login.max-failures");
            assertThat(login(proxy, own, "", "user1")).contains("stompline.login.max-failures");
            assertThat(loginByHttp(proxy, own + 1, "", "user1")).contains("CONNECTED\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void proxy_browser_showsThePageAndConnects(ProxyProcess.Program program) throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start(program, server.port());
                Chromium chromium = Chromium.launch();
                BrowserContext context =
                        chromium.browser().newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true))) {
            Page page = context.newPage();
            page.navigate("https://" + proxy.authority() + "/");
            new ConsolePage(page)
                    .connectAs("user1")
                    .subscribe("/topic/proxy", "auto")
                    .send("/topic/proxy", "text/plain", "over " + program);
        }
    }

    /** More than the six connections that a browser opens to a host of HTTP/1.1. */
    @ParameterizedTest
    @EnumSource
    void proxy_browserWithoutWebSocket_hasAStreamInManyTabs(ProxyProcess.Program program) throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start(program, server.port());
                Chromium chromium = Chromium.launch();
                BrowserContext context =
                        chromium.browser().newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true))) {
            context.addInitScript("delete window.WebSocket");
            List<DemoPage> tabs = Stream.generate(context::newPage)
                    .limit(8)
                    .map(page -> {
                        page.navigate("https://" + proxy.authority() + "/chat.html");
                        return new DemoPage(page).joinAs("user1");
                    })
                    .toList();
            String text = "over " + program;
            for (DemoPage tab : List.of(tabs.get(0), tabs.get(7))) {
                tab.byId("text").fill(text);
                tab.button("Say").click();
            }
            for (DemoPage tab : tabs) {
                PlaywrightAssertions.assertThat(tab.byId("lines").getByText(text))
                        .hasCount(2);
            }
            assertThat(tabs.get(0).page().evaluate("""
                    performance.getEntriesByType('resource')
                      .filter(({ name }) => name.includes('/stomp/http'))
                      .map(({ nextHopProtocol }) => nextHopProtocol)"""))
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .isNotEmpty()
                    .containsOnly("h2");
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void proxy_killedUnderLoad_losesAndDoublesNothing(ProxyProcess.Program program, String transport) throws Exception {
        publishMeanwhile(program, transport, "killed", 1, ProxyProcess::restart);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("ways")
    void proxy_killedManyTimesUnderLoad_losesAndDoublesNothing(ProxyProcess.Program program, String transport)
            throws Exception {
        publishMeanwhile(program, transport, "killed-often", 10, ProxyProcess::restart);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void proxy_reloadedUnderLoad_losesAndDoublesNothing(ProxyProcess.Program program, String transport)
            throws Exception {
        publishMeanwhile(program, transport, "reloaded", 2, ProxyProcess::reload);
    }

    /** What a page with a history publishes, and gets, while something happens to the proxy so many times. */
    private static void publishMeanwhile(
            ProxyProcess.Program program, String transport, String what, int times, Event event) throws Exception {
        int numbers = NUMBERS_PER_EVENT * times;
        String topic = "/topic/proxy/" + program + "-" + transport + "-" + what;
        try (ProxyProcess proxy = ProxyProcess.start(program, server.port());
                Clients clients = new Clients(server.stompUri())) {
            RawClient watcher = clients.connect();
            watcher.send("SUBSCRIBE\nid:s\ndestination:" + topic + "\nreceipt:r\n\n\0");
            assertThat(watcher.next()).startsWith("RECEIPT\n");
            String script = PAGE.replace("TOPIC", topic).replace("NUMBERS", Integer.toString(numbers));
            CompletableFuture<String> page = CompletableFuture.supplyAsync(() -> run(proxy, transport, script));
            for (int number = 0; number < numbers; number++) {
                assertThat(ReceivedFrame.next(watcher).body()).isEqualTo(Integer.toString(number));
                if (number % NUMBERS_PER_EVENT == 5) {
                    event.happenTo(proxy);
                }
            }
            page.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(watcher.isIdle()).isTrue();
        }
    }

    /** What happens to a proxy. */
    private interface Event {
        void happenTo(ProxyProcess proxy) throws IOException, InterruptedException;
    }

    static Stream<Arguments> ways() {
        return Stream.of(ProxyProcess.Program.values())
                .flatMap(program ->
                        Stream.of("websocket", "sse", "poll").map(transport -> Arguments.of(program, transport)));
    }

    private static String run(ProxyProcess proxy, String transport, String script) {
        try {
            return StompJs.run(URI.create("wss://" + proxy.authority() + "/stomp"), "1.2", transport, script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource
    void proxy_serverThatStarts_getsClientsWhenItIsReady(ProxyProcess.Program program) throws Exception {
        int port = FreePorts.next();
        try (ProxyProcess proxy = ProxyProcess.start(program, port)) {
            assertThat(login(proxy, 2, "", "user1")).matches("(?s)HTTP/1.1 50[23] .*");
            try (ServerProcess late = ServerProcess.demo()
                    .port(port)
                    .with("stompline.proxies", "127.0.0.1")
                    .start()) {
                assertThat(late.port()).isEqualTo(port);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> login(proxy, 2, "", "user1").contains("CONNECTED\n"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void proxy_drain_keepsOpenConnectionsAndTakesNoNewOnes(ProxyProcess.Program program) throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start(program, server.port());
                Socket open = proxy.connect(loopback(2))) {
            assertThat(login(open, "Host: " + proxy.authority() + "\r\n", "user1"))
                    .contains("CONNECTED\n");
            proxy.drain(true);
            await().atMost(LIMIT).until(() -> login(proxy, 2, "", "user1").matches("(?s)HTTP/1.1 50[23] .*"));
            send(
                    open,
                    RawSocket.frame(
                            0x81,
                            "SEND\ndestination:/topic/proxy\nreceipt:r\n\n\0".getBytes(StandardCharsets.US_ASCII)));
            assertThat(read(open, "receipt-id:r\n")).contains("RECEIPT\n");
            proxy.drain(false);
            await().atMost(LIMIT).until(() -> login(proxy, 2, "", "user1").contains("CONNECTED\n"));
        }
    }

    /** A third of the proxy's time, as by default. */
    @ParameterizedTest
    @EnumSource
    void proxy_silentConnection_isKeptOpenByPings(ProxyProcess.Program program) throws Exception {
        int maxSeconds = 3 * PING_SECONDS;
        try (ProxyProcess proxy = ProxyProcess.start(program, server.port(), maxSeconds + "s");
                Socket silent = proxy.connect(loopback(2))) {
            assertThat(login(silent, "Host: " + proxy.authority() + "\r\n", "user1"))
                    .contains("CONNECTED\n");
            for (int seconds = 0; seconds <= 2 * maxSeconds; seconds += PING_SECONDS) {
                read(silent, PING);
                send(silent, RawSocket.frame(0x8A, new byte[0]));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void proxy_timeouts_areThreePingsOfTheServer(ProxyProcess.Program program) throws IOException {
        long millis = new Settings(key -> Optional.empty())
                .time(Setting.PING_INTERVAL)
                .toMillis();
        List<String> timeouts = Pattern.compile(
                        "(?:timeout (?:client|server|tunnel)|proxy_(?:read|send)_timeout) (\\w+)")
                .matcher(Files.readString(program.file()))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(timeouts).hasSizeGreaterThan(1).containsOnly(3 * millis / 1000 + "s");
    }

    @Test
    void proxy_headersOfAnUntrustedOne_areIgnored() throws IOException {
        assertThat(login(2, "Origin: https://h\r\nX-Forwarded-Proto: https\r\n"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(login(1, "Origin: https://h\r\nX-Forwarded-Proto: https\r\n"))
                .contains("CONNECTED\n");
        assertThat(login(1, "Origin: https://h\r\nForwarded: proto=https\r\n")).contains("CONNECTED\n");
    }

    private static String login(ProxyProcess proxy, int address, String headers, String passcode) throws IOException {
        try (Socket socket = proxy.connect(loopback(address))) {
            return login(socket, "Host: " + proxy.authority() + "\r\n" + headers, passcode);
        }
    }

    /** The beginning of the stream, to the end of the frame that answers CONNECT. */
    private static String loginByHttp(ProxyProcess proxy, int address, String headers, String passcode)
            throws IOException {
        String connect = connect(passcode);
        try (Socket socket = proxy.connect(loopback(address))) {
            socket.setSoTimeout(ANSWER_MILLIS);
            send(
                    socket,
                    ("POST /stomp/http HTTP/1.1\r\nHost: " + proxy.authority() + "\r\n" + headers
                                    + "Accept: text/event-stream\r\nContent-Type: application/stomp\r\n"
                                    + "Content-Length: " + connect.length() + "\r\n\r\n" + connect)
                            .getBytes(StandardCharsets.US_ASCII));
            return read(socket, "\0");
        }
    }

    private static String login(int address, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port(), loopback(address), 0)) {
            return login(socket, "Host: h\r\n" + headers, "user1");
        }
    }

    /** The frame that answers CONNECT, or the head that answers the handshake. */
    private static String login(Socket socket, String headers, String passcode) throws IOException {
        socket.setSoTimeout(ANSWER_MILLIS);
        send(
                socket,
                ("GET /stomp HTTP/1.1\r\n" + headers
                                + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        String head = read(socket, "\r\n\r\n");
        if (!head.startsWith("HTTP/1.1 101 ")) {
            return head;
        }
        send(socket, RawSocket.frame(0x81, connect(passcode).getBytes(StandardCharsets.US_ASCII)));
        // The length of the WebSocket frame may have a zero.
        return read(socket, "\n\n") + read(socket, "\0");
    }

    private static String connect(String passcode) {
        return "CONNECT\naccept-version:1.2\nlogin:user1\npasscode:" + passcode + "\n\n\0";
    }

    /** One of many addresses of this machine. */
    private static InetAddress loopback(int number) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) number});
    }

    private static void send(Socket socket, byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
    }

    private static String read(Socket socket, String last) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith(last)) {
            int octet = socket.getInputStream().read();
            assertThat(octet).as("after %s", answer).isNotNegative();
            answer.append((char) octet);
        }
        return answer.toString();
    }
}
