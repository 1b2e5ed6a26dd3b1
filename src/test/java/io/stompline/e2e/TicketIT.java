package io.stompline.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.application.ApplicationWar;
import io.stompline.application.Roles;
import io.stompline.application.Tickets;
import io.stompline.e2e.support.Chapter;
import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.e2e.support.StompJs;
import io.stompline.server.ServerProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages whose users the container, or the application, has authenticated, and their tickets. */
class TicketIT {
    private static final String SHOP = "https://shop.example";

    /** A page of the shop, for stompjs under Node. */
    private static final String OF_THE_SHOP = "webSocketFactory: () => new WebSocket(url, ['v12.stomp'], { origin: '"
            + SHOP + "' }), reconnectDelay: 10,";

    private static final String RULES = """
            allow everyone      send,subscribe  /app/**
            allow everyone      subscribe       /user/**
            allow role:readers  subscribe       /topic/news
            """;

    /** A role that no group is named after. */
    private static final String MAPPING = """
            <!DOCTYPE glassfish-web-app PUBLIC "-//GlassFish.org//DTD GlassFish Application Server 3.1 Servlet 3.0//EN"
                "http://glassfish.org/dtds/glassfish-web-app_3_0-1.dtd">
            <glassfish-web-app>
              <security-role-mapping><role-name>users</role-name><group-name>users</group-name></security-role-mapping>
              <security-role-mapping><role-name>readers</role-name><group-name>users</group-name></security-role-mapping>
            </glassfish-web-app>
            """;

    private static ServerProcess server;
    private final List<RawClient> clients = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path classes) throws IOException {
        Chapter.compile(classes, List.of(Chapter.named("logins").java("TicketServlet")));
        server = ServerProcess.product()
                .war(ApplicationWar.write(
                        ApplicationWar.add(ApplicationWar.of(Roles.class, Tickets.class), classes, "WEB-INF/classes")
                                .addAsResource(new StringAsset(RULES), "META-INF/stompline.rules")
                                .addAsWebInfResource(new StringAsset(MAPPING), "glassfish-web.xml")))
                .with("stompline.allowed-origins", SHOP)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void closeClients() {
        clients.forEach(RawClient::close);
    }

    /** A browser adds what the container knows the user by to the handshake of any page. */
    private RawClient page(Optional<String> origin, Optional<String> user, String headers) {
        Map<String, String> handshake = new HashMap<>();
        origin.ifPresent(from -> handshake.put("Origin", from));
        user.ifPresent(name -> handshake.put("Authorization", basic(name)));
        RawClient client = RawClient.open(server.stompUri(), handshake);
        clients.add(client);
        return client.send("CONNECT\naccept-version:1.2\nhost:localhost\n" + headers + "\n\0");
    }

    private RawClient shop(String ticket) {
        return page(Optional.of(SHOP), Optional.empty(), "passcode:" + ticket + "\n");
    }

    @Test
    void container_foreignPageWithItsLoginAlone_isRefusedWithTheWayOut() throws Exception {
        RawClient client = page(Optional.of(SHOP), Optional.of("ann"), "");
        ReceivedFrame error = ReceivedFrame.next(client);
        assertThat(error.header("message")).isEqualTo("access refused");
        assertThat(error.body()).contains("of another origin", "StompTickets");
        assertThat(client.closeCode()).isEqualTo(1008);
    }

    @Test
    void container_ownPageOrNoPage_isLetIn() throws Exception {
        for (Optional<String> origin :
                List.of(Optional.of("http://localhost:" + server.port()), Optional.<String>empty())) {
            assertThat(ReceivedFrame.next(page(origin, Optional.of("ann"), "")).header("user-name"))
                    .isEqualTo("ann");
        }
    }

    @Test
    void container_foreignPageWithLoginAndPasscode_isLetIn() throws Exception {
        RawClient client = page(Optional.of(SHOP), Optional.of("ann"), "login:bob\npasscode:bob\n");
        assertThat(ReceivedFrame.next(client).header("user-name")).isEqualTo("bob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ticket", "/api/ticket"})
    void ticket_ofTheRequest_letsAForeignPageInOnce(String address) throws Exception {
        String ticket = issue(address, "ann").body();
        RawClient ann = shop(ticket);
        assertThat(ReceivedFrame.next(ann).header("user-name")).isEqualTo("ann");
        Clients.subscribed(ann, "/topic/news");
        ReceivedFrame again = ReceivedFrame.next(shop(ticket));
        assertThat(again.header("message")).isEqualTo("access refused");
        assertThat(again.body()).startsWith("the ticket is refused: it was used before");
        assertThat(server.log()).noneMatch(line -> line.contains(ticket));
    }

    @Test
    void ticket_rolesOfTheCaller_countInHandlers() throws Exception {
        RawClient boss = shop(issue("/ticket", "boss").body());
        assertThat(ReceivedFrame.next(boss).command()).isEqualTo("CONNECTED");
        boss.send("SUBSCRIBE\nid:a\ndestination:/app/office\n\n\0");
        assertThat(ReceivedFrame.next(boss).body()).isEqualTo("a desk");
        RawClient ann = shop(issue("/ticket", "ann").body());
        assertThat(ReceivedFrame.next(ann).command()).isEqualTo("CONNECTED");
        ann.send("SUBSCRIBE\nid:a\ndestination:/app/office\n\n\0");
        assertThat(ReceivedFrame.next(ann).command()).isEqualTo("ERROR");
    }

    @Test
    void ticket_atTheSameInstant_letsOneIn() throws Exception {
        String ticket = issue("/ticket", "ann").body();
        List<RawClient> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(RawClient.open(server.stompUri()));
        }
        clients.addAll(all);
        all.forEach(client -> client.send("CONNECT\naccept-version:1.2\nhost:h\npasscode:" + ticket + "\n\n\0"));
        List<String> answers = new ArrayList<>();
        for (RawClient client : all) {
            answers.add(ReceivedFrame.next(client).command());
        }
        assertThat(answers).containsOnlyOnce("CONNECTED").hasSize(10);
    }

    @Test
    void ticket_nobodyLoggedIn_isNotIssued() throws Exception {
        assertThat(post("/ticket", Map.of()).statusCode()).isEqualTo(401);
        assertThat(post("/api/ticket", Map.of()).statusCode()).isEqualTo(500);
        assertThat(server.log()).anyMatch(line -> line.contains("a ticket is issued for the user of an HTTP request"));
    }

    @Test
    void ticket_forANamedUser_isIssuedAnywhere() throws Exception {
        RawClient ann = page(Optional.empty(), Optional.empty(), "login:ann\npasscode:ann\n");
        assertThat(ReceivedFrame.next(ann).command()).isEqualTo("CONNECTED");
        Clients.subscribed(ann, "/user/queue/replies");
        ann.send("SEND\ndestination:/app/ticket\n\n\0");
        RawClient again = shop(ReceivedFrame.next(ann).body());
        assertThat(ReceivedFrame.next(again).header("user-name")).isEqualTo("ann");
        ann.send("SEND\ndestination:/app/ticket-of-request\n\n\0");
        assertThat(ReceivedFrame.next(ann).body()).startsWith("a ticket is issued for the user of an HTTP request");
    }

    /** The script of the guide, that loses its connection once. */
    @Test
    void ticket_eachAttemptOfStompJs_hasOneOfItsOwn() throws Exception {
        StompJs.run(server, "1.2", """
                const fetch = (address, settings) => globalThis.fetch(
                  address.replace('https://api.example', url.replace('ws:', 'http:').replace('/stomp', '')),
                  { ...settings, headers: { authorization: 'LOGIN' } });
                SCRIPT
                const users = mailbox();
                client.onStompError = (frame) => { console.log(frame.headers.message, frame.body); process.exit(1); };
                client.onConnect = (frame) => users.put(frame.headers['user-name']);
                assert.equal(await users.next(), 'ann');
                client.forceDisconnect();
                assert.equal(await users.next(), 'ann');
                await client.deactivate();
                """.replace("SCRIPT", Chapter.named("logins").block("js"))
                .replace("LOGIN", basic("ann"))
                .replace("brokerURL: 'wss://api.example/stomp',", OF_THE_SHOP));
    }

    @Test
    void ticket_answerToAForeignPage_isReadByThatPageOnly() throws Exception {
        HttpResponse<String> answer = issue("/ticket", "ann");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(SHOP);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                .contains("true");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    private static HttpResponse<String> issue(String address, String user) throws Exception {
        HttpResponse<String> answer = post(address, Map.of("Authorization", basic(user), "Origin", SHOP));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer;
    }

    private static HttpResponse<String> post(String address, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.uri(address)).POST(HttpRequest.BodyPublishers.noBody());
        headers.forEach(request::header);
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + user).getBytes(UTF_8));
    }
}
