package io.stompline.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompline.application.ApplicationWar;
import io.stompline.application.Roles;
import io.stompline.application.SessionServlet;
import io.stompline.application.Watcher;
import io.stompline.e2e.support.HttpStomp;
import io.stompline.e2e.support.Nodes;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.e2e.support.TokenIssuer;
import io.stompline.server.ServerProcess;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each refusal, and each deed of an administrator, is one line in the log and one event, without a secret. */
class AuditIT {
    private static final String SECRET = "Sesame-and-open";
    private static final Duration LONG = Duration.ofMinutes(10);

    private static final String RULES = """
            allow everyone      send,subscribe  /app/**
            allow everyone      subscribe       /user/**
            allow everyone      send,subscribe  /topic/open
            """;

    private static TokenIssuer issuer;
    private static Optional<ServerProcess> running = Optional.empty();
    private static String mode = "";

    private final List<RawClient> clients = new ArrayList<>();

    /** Has something refused to the client of an address. */
    private interface Provocation {
        void provoke(AuditIT test, String address) throws Exception;
    }

    /** What is refused, to whom, and why. */
    record Case(String name, String what, String user, String reason, Provocation provocation) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Case> CASES = List.of(
            new Case(
                    "LOGIN",
                    "login",
                    "ann",
                    "the server did not accept the login",
                    (test, address) -> test.connect(address, "login:ann\npasscode:" + SECRET + "\n")),
            new Case(
                    "LOGIN_OF_NOBODY",
                    "login",
                    "unknown",
                    "this CONNECT has neither a header login nor a token",
                    (test, address) -> test.connect(address, "")),
            new Case("LOGIN_LOCKED", "login", "carl", "stompline.login.max-failures", AuditIT::guess),
            new Case(
                    "TOKEN",
                    "login",
                    "unknown",
                    "the token is refused",
                    (test, address) -> test.connect(address, "Authorization:Bearer " + SECRET + "\n")),
            new Case(
                    "TICKET",
                    "login",
                    "unknown",
                    "the ticket is refused",
                    (test, address) -> test.connect(address, "passcode:ticket~" + SECRET + "\n")),
            new Case("FOREIGN_PAGE", "login", "ann", "of another origin", AuditIT::askFromForeignPage),
            new Case(
                    "CONNECTION_OF_USER",
                    "login",
                    "dora",
                    "stompline.connections.max-per-user",
                    AuditIT::connectTooOften),
            new Case(
                    "SEND",
                    "destination",
                    "finn",
                    "SEND destination '/topic/shut'",
                    (test, address) ->
                            test.loggedIn(address, "finn").send("SEND\ndestination:/topic/shut\n\n" + SECRET + "\0")),
            new Case(
                    "SUBSCRIBE",
                    "destination",
                    "gina",
                    "SUBSCRIBE id 's' destination '/topic/shut'",
                    (test, address) ->
                            test.loggedIn(address, "gina").send("SUBSCRIBE\nid:s\ndestination:/topic/shut\n\n\0")),
            new Case(
                    "DURABLE",
                    "destination",
                    "hugo",
                    "have a durable subscription to",
                    (test, address) -> test.loggedIn(address, "hugo")
                            .send("SUBSCRIBE\nid:s\ndestination:/topic/open\ndurable:true\n\n\0")),
            new Case(
                    "REPLY_TO",
                    "destination",
                    "ines",
                    "have replies sent to this destination, or one denies it"
                            + " (META-INF/stompline.rules), in SEND destination '/topic/open' reply-to '/queue/shut'; a rule such"
                            + " as \"allow user:ines send /queue/shut\" in META-INF/stompline.rules would allow it",
                    (test, address) -> test.loggedIn(address, "ines")
                            .send("SEND\ndestination:/topic/open\nreply-to:/queue/shut\n\n" + SECRET + "\0")),
            new Case(
                    "RESERVED",
                    "destination",
                    "jack",
                    "SUBSCRIBE id 's' destination '/topic/stompline/nodes'",
                    (test, address) -> test.loggedIn(address, "jack")
                            .send("SUBSCRIBE\nid:s\ndestination:/topic/stompline/nodes\n\n\0")),
            new Case(
                    "HANDLER_OF_SEND",
                    "handler",
                    "kate",
                    "the handler of /app/office",
                    (test, address) ->
                            test.loggedIn(address, "kate").send("SEND\ndestination:/app/office\n\n" + SECRET + "\0")),
            new Case(
                    "HANDLER_OF_SUBSCRIBE",
                    "handler",
                    "liam",
                    "the handler of /app/office",
                    (test, address) ->
                            test.loggedIn(address, "liam").send("SUBSCRIBE\nid:s\ndestination:/app/office\n\n\0")),
            new Case("RENEWAL", "renewal", "emil", "the token is refused", AuditIT::renewForAnother),
            new Case(
                    "METRICS_LOGIN",
                    "metrics",
                    "boss",
                    "did not accept the login",
                    (test, address) -> assertThat(get("/metrics", address, "boss:" + SECRET))
                            .isEqualTo(401)),
            new Case(
                    "METRICS_ROLE",
                    "metrics",
                    "ann",
                    "stompline.metrics.role",
                    (test, address) ->
                            assertThat(get("/metrics", address, "ann:ann")).isEqualTo(403)),
            new Case(
                    "ORIGIN",
                    "handshake",
                    "unknown",
                    "a page of https://evil.example may not connect",
                    (test, address) -> test.refuseHandshake(address, Map.of("Origin", "https://evil.example"), "403")),
            new Case(
                    "CONNECTION_OF_ADDRESS",
                    "handshake",
                    "unknown",
                    "stompline.connections.max-per-address",
                    (test, address) -> {
                        // Logged in, so that they are counted: the handshake is answered before.
                        for (String user : List.of("finn", "gina", "hugo")) {
                            test.loggedIn(address, user);
                        }
                        test.refuseHandshake(address, Map.of(), "503");
                    }),
            new Case(
                    "STOLEN_SESSION",
                    "login",
                    "unknown",
                    "the header Stompline-Secret does not have the secret of this session, in a request for the connection",
                    AuditIT::forge),
            new Case(
                    "HOST",
                    "request",
                    "unknown",
                    "a request for the host evil.example is refused",
                    (test, address) -> assertThat(get("/nothing", address, "", "X-Forwarded-Host", "evil.example"))
                            .isEqualTo(400)));

    @BeforeAll
    static void issue() {
        issuer = new TokenIssuer();
    }

    @AfterAll
    static void stop() {
        running.ifPresent(ServerProcess::close);
        issuer.close();
    }

    @AfterEach
    void closeClients() {
        clients.forEach(RawClient::close);
    }

    /** Closes the server of the other mode first. */
    private static void use(String denied) {
        if (mode.equals(denied)) {
            return;
        }
        running.ifPresent(ServerProcess::close);
        running = Optional.of((ServerProcess) issuer.trustedBy(ServerProcess.product()
                        .war(ApplicationWar.write(ApplicationWar.of(Roles.class, Watcher.class, SessionServlet.class)
                                .addAsResource(new StringAsset(RULES), "META-INF/stompline.rules"))))
                .with("stompline.denied", denied)
                .with("stompline.proxies", "127.0.0.1")
                .with("stompline.hosts", "localhost")
                .with("stompline.allowed-origins", "https://shop.example")
                .with("stompline.metrics.role", "managers")
                .with("stompline.login.max-failures", "2")
                .with("stompline.connections.max-per-address", "3")
                .with("stompline.connections.max-per-user", "2")
                .start());
        mode = denied;
    }

    private static ServerProcess server() {
        return running.orElseThrow();
    }

    static Stream<Arguments> refusals() {
        return Stream.of("error", "message").flatMap(denied -> CASES.stream().map(each -> Arguments.of(denied, each)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusal_ofEachKind_isOneLineAndOneEventWithoutASecret(String denied, Case each) throws Exception {
        use(denied);
        String address = "10.1.2." + (CASES.indexOf(each) + 1);
        each.provocation().provoke(this, address);
        await().untilAsserted(() -> {
            assertThat(server().log())
                    .filteredOn(line -> line.contains("refused: ")
                            && line.contains(", address " + address)
                            && line.contains(each.reason()))
                    .singleElement()
                    .asString()
                    .containsPattern("INFO|WARNING")
                    .contains("refused: " + each.what() + ", user " + each.user() + ", address " + address);
            assertThat(events())
                    .filteredOn(event -> event.contains(" at " + address + ": ") && event.contains(each.reason()))
                    .hasSize(1);
        });
        assertThat(server().log()).noneMatch(line -> line.contains(SECRET));
        assertThat(events()).noneMatch(event -> event.contains(SECRET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"boss", ""})
    void deed_disconnect_isOneLineAndOneEventWithWhoDidIt(String by) throws Exception {
        use("error");
        String user = "mia" + by;
        RawClient mia = loggedIn("10.1.3.1", user);
        get("/sessions?what=disconnect-user&name=" + user, "10.1.3.2", by.isEmpty() ? "" : by + ":" + by);
        assertThat(ReceivedFrame.next(mia).body()).isEqualTo("closed for today");
        assertThat(server().log())
                .filteredOn(line -> line.contains("all sessions of user " + user + ","))
                .singleElement()
                .asString()
                .contains(
                        "ended by " + (by.isEmpty() ? "the application" : by) + ": all sessions of user " + user
                                + ", 1 on this server, session ",
                        " of " + user + " at 10.1.3.1: closed for today");
        assertThat(events())
                .contains("expelled " + user + " by " + (by.isEmpty() ? "nobody" : by) + ", ended 1: closed for today");
        get("/sessions?what=disconnect-session&name=nosuch" + by, "10.1.3.2", "");
        assertThat(events()).contains("expelled nosuch" + by + " by nobody, ended 0: closed for today");
    }

    private static List<String> events() {
        return Nodes.sessions(server(), "events", "").lines().toList();
    }

    private RawClient open(String address, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("X-Forwarded-For", address);
        RawClient client = RawClient.open(server().stompUri(), all);
        clients.add(client);
        return client;
    }

    private RawClient connect(String address, String headers) {
        return open(address, Map.of()).send("CONNECT\naccept-version:1.2\nhost:h\n" + headers + "\n\0");
    }

    private RawClient loggedIn(String address, String user) throws InterruptedException {
        RawClient client = connect(address, "login:" + user + "\npasscode:" + user + "\n");
        assertThat(ReceivedFrame.next(client).command()).isEqualTo("CONNECTED");
        return client;
    }

    /** In a query the secret counts for nothing, and is not told. */
    private void forge(String address) {
        HttpStomp own = HttpStomp.polling(
                server().stompUri(), HttpStomp.CONNECT.replace("user1", "rosa"), Map.of("X-Forwarded-For", address));
        assertThat(own.next()).startsWith("CONNECTED\n");
        for (String query : List.of("?n=1", "?n=1&secret=" + SECRET, "?n=1&Stompline-Secret=" + SECRET)) {
            assertThat(own.post(query, SECRET, Map.of("Stompline-Secret", SECRET))
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(own.post("?n=1", "\n", Map.of()).statusCode()).isEqualTo(204);
    }

    private void guess(String address) throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            ReceivedFrame.next(connect(address, "login:carl\npasscode:" + SECRET + i + "\n"));
        }
    }

    private void askFromForeignPage(String address) {
        open(address, Map.of("Origin", "https://shop.example", "Authorization", basic("ann:ann")))
                .send("CONNECT\naccept-version:1.2\nhost:h\n\n\0");
    }

    private void connectTooOften(String address) throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            loggedIn(address, "dora");
        }
        connect(address, "login:dora\npasscode:dora\n");
    }

    private void renewForAnother(String address) throws InterruptedException {
        RawClient emil = connect(address, "Authorization:Bearer " + issuer.token("emil", LONG) + "\n");
        assertThat(ReceivedFrame.next(emil).command()).isEqualTo("CONNECTED");
        emil.send("SEND\ndestination:/app/stompline/token\n\n" + issuer.token("eve", LONG) + SECRET + "\0");
    }

    private void refuseHandshake(String address, Map<String, String> headers, String status) {
        assertThatThrownBy(() -> open(address, headers)).hasStackTraceContaining(status);
    }

    private static int get(String path, String address, String credentials, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server().uri(path)).header("X-Forwarded-For", address);
        if (!credentials.isEmpty()) {
            request.header("Authorization", basic(credentials));
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    }
}
