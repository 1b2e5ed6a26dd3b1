package io.stompline.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.application.ApplicationWar;
import io.stompline.application.Roles;
import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.HttpStomp;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.server.Server;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Map;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules and beans that handle frames see the same roles as a JAX-RS resource, however the user logged in. */
@Tag(Server.ANY)
class RolesIT {
    private static final String RULES = """
            allow everyone      send,subscribe  /app/**
            allow everyone      subscribe       /user/**
            allow role:managers subscribe       /topic/minutes
            allow everyone      subscribe       /topic/decisions/**
            allow everyone      subscribe       /topic/archive/**
            allow role:readers  subscribe       /topic/news
            allow role:users    subscribe       /topic/gossip
            deny  role:managers subscribe       /topic/gossip
            allow everyone      subscribe       /topic/committees/{committee}  if onCommittee
            """;

    /** Groups of the identity store are roles of the same name, but for one. */
    private static final String MAPPING = """
            <!DOCTYPE glassfish-web-app PUBLIC "-//GlassFish.org//DTD GlassFish Application Server 3.1 Servlet 3.0//EN"
                "http://glassfish.org/dtds/glassfish-web-app_3_0-1.dtd">
            <glassfish-web-app>
              <security-role-mapping><role-name>managers</role-name><group-name>managers</group-name></security-role-mapping>
              <security-role-mapping><role-name>users</role-name><group-name>users</group-name></security-role-mapping>
              <security-role-mapping><role-name>readers</role-name><group-name>users</group-name></security-role-mapping>
            </glassfish-web-app>
            """;

    private static Server server;
    private static Clients clients;

    @BeforeAll
    static void start() {
        server = Server.application(ApplicationWar.write(ApplicationWar.of(Roles.class)
                        .addAsResource(new StringAsset(RULES), "META-INF/stompline.rules")
                        .addAsWebInfResource(new StringAsset(MAPPING), "glassfish-web.xml")))
                .with("stompline.access.recheck", "500")
                .start();
        clients = new Clients(server.stompUri());
    }

    @AfterAll
    static void stop() {
        clients.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "boss, true, boss truetruefalse boss truetrue truetrue",
        "ann, true, ann falsetruefalse ann falsetrue falsetrue",
        "boss, false, boss truetruefalse boss truetrue truetrue",
        "ann, false, ann falsetruefalse ann falsetrue falsetrue"
    })
    void roles_inHandlers_areThoseThatAResourceSees(String user, boolean atHandshake, String expected)
            throws Exception {
        try (RawClient client = loggedIn(user, atHandshake)) {
            client.send("SUBSCRIBE\nid:r\ndestination:/user/queue/replies\n\n\0SEND\ndestination:/app/roles\n\n\0");
            assertThat(ReceivedFrame.next(client).body()).isEqualTo(expected);
            client.send("SUBSCRIBE\nid:a\ndestination:/app/roles\n\n\0");
            assertThat(ReceivedFrame.next(client).body()).isEqualTo(expected);
            assertThat(get(user, "/api/roles", "")).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void roles_handlerForOthers_isRefused(boolean atHandshake) throws Exception {
        try (RawClient boss = loggedIn("boss", atHandshake);
                RawClient ann = loggedIn("ann", atHandshake)) {
            boss.send("SUBSCRIBE\nid:a\ndestination:/app/office\n\n\0");
            assertThat(ReceivedFrame.next(boss).body()).isEqualTo("a desk");
            ann.send("SUBSCRIBE\nid:e\ndestination:/user/queue/errors\n\n\0SEND\ndestination:/app/office\n\n\0");
            assertThat(ReceivedFrame.next(ann).body()).contains("not allowed");
            ann.send("SUBSCRIBE\nid:a\ndestination:/app/office\n\n\0");
            assertThat(ReceivedFrame.next(ann).command()).isEqualTo("ERROR");
        }
    }

    @Test
    void httpFallback_requestOfAnotherUser_isRefused() throws Exception {
        Map<String, String> boss = Map.of("Authorization", basic("boss"));
        try (HttpStomp client =
                HttpStomp.stream(server.stompUri(), "CONNECT\naccept-version:1.2\nhost:h\n\n\0", boss)) {
            assertThat(client.next()).contains("\nuser-name:boss\n");
            assertThat(client.post("?n=1", "\n", Map.of("Authorization", basic("ann")))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(client.send("SUBSCRIBE\nid:a\ndestination:/app/office\n\n\0"))
                    .isEqualTo(204);
            assertThat(client.next()).endsWith("\n\na desk");
        }
    }

    /** A pattern is no way around the roles that the method of one of its topics asks for. */
    @ParameterizedTest
    @CsvSource({
        "boss, /topic/decisions/2026, MESSAGE",
        "ann, /topic/decisions/2026, ERROR",
        "boss, /topic/decisions/*, RECEIPT",
        "ann, /topic/decisions/*, ERROR",
        "ann, /topic/decisions/**, ERROR",
        "boss, /topic/archive/secret, ERROR",
        "boss, /topic/archive/*, ERROR",
        "ann, /topic/archive/*/drafts, RECEIPT"
    })
    void roles_handlerForOthers_isNotReachedByAPattern(String user, String topic, String answer) throws Exception {
        for (boolean atHandshake : new boolean[] {true, false}) {
            try (RawClient client = loggedIn(user, atHandshake)) {
                assertThat(answerToSubscribe(client, topic)).isEqualTo(answer.equals("MESSAGE") ? "RECEIPT" : answer);
                if (answer.equals("MESSAGE")) {
                    assertThat(ReceivedFrame.next(client).body()).isEqualTo("none");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "boss, /topic/minutes, RECEIPT",
        "ann, /topic/minutes, ERROR",
        "boss, /topic/gossip, ERROR",
        "ann, /topic/gossip, RECEIPT",
        "ann, /topic/committees/budget, RECEIPT",
        "ann, /topic/committees/war, ERROR",
        "boss, /topic/committees/budget, ERROR"
    })
    void rules_roleOrCheck_decidesHoweverTheUserLoggedIn(String user, String topic, String answer) throws Exception {
        for (boolean atHandshake : new boolean[] {true, false}) {
            try (RawClient client = loggedIn(user, atHandshake)) {
                assertThat(answerToSubscribe(client, topic)).isEqualTo(answer);
            }
        }
    }

    @Test
    void rules_roleThatTheContainerMaps_countsAfterAContainerLogin() throws Exception {
        try (RawClient client = loggedIn("ann", true)) {
            assertThat(answerToSubscribe(client, "/topic/news")).isEqualTo("RECEIPT");
        }
    }

    @Test
    void recheck_checkThatSaysNoNow_endsTheSubscriber() throws Exception {
        try (RawClient member = clients.connectAs("ann");
                RawClient other = clients.connectAs("ann");
                RawClient boss = clients.connectAs("boss")) {
            Clients.subscribed(member, "/topic/committees/party");
            Clients.subscribed(other, "/topic/committees/budget");
            boss.send("SEND\ndestination:/app/committees/party/dissolve\n\n\0");
            ReceivedFrame error = ReceivedFrame.next(member);
            assertThat(error.command()).isEqualTo("ERROR");
            assertThat(error.body()).startsWith("the subscription to /topic/committees/party ends: no rule allows");
            other.send("UNSUBSCRIBE\nid:s\nreceipt:r\n\n\0");
            assertThat(ReceivedFrame.next(other).command()).isEqualTo("RECEIPT");
        }
    }

    @Test
    void logout_ofTheHttpSession_endsItsConnectionsOnly() throws Exception {
        String session = "JSESSIONID=" + get("ann", "/api/roles/login", "");
        try (RawClient first = handshake("ann", session);
                RawClient second = handshake("ann", session);
                RawClient other = handshake("ann", "JSESSIONID=" + get("ann", "/api/roles/login", ""));
                RawClient boss = clients.connectAs("boss")) {
            assertThat(get("ann", "/api/roles/logout", session)).isEqualTo("good bye");
            for (RawClient ended : new RawClient[] {first, second}) {
                assertThat(ReceivedFrame.next(ended).body())
                        .contains("this user has logged out or the HTTP session has ended");
                assertThat(ended.closeCode()).isEqualTo(1008);
            }
            for (RawClient open : new RawClient[] {other, boss}) {
                assertThat(answerToSubscribe(open, "/user/queue/replies")).isEqualTo("RECEIPT");
            }
        }
    }

    @Test
    void logout_ofTheRequest_endsTheConnectionsAndLetsTheNextUserIn() throws Exception {
        String session = "JSESSIONID=" + get("ann", "/api/roles/login", "");
        try (RawClient first = handshake("ann", session)) {
            assertThat(get("ann", "/api/roles/leave", session)).isEqualTo("a session");
            assertThat(ReceivedFrame.next(first).body())
                    .contains("this user has logged out or the HTTP session has ended");
            assertThat(first.closeCode()).isEqualTo(1008);
        }
        handshake("boss", session).close();
    }

    private static String answerToSubscribe(RawClient client, String destination) throws InterruptedException {
        client.send("SUBSCRIBE\nid:s\ndestination:" + destination + "\nreceipt:r\n\n\0");
        return ReceivedFrame.next(client).command();
    }

    private static RawClient loggedIn(String user, boolean atHandshake) throws InterruptedException {
        return atHandshake ? handshake(user, "") : clients.connectAs(user);
    }

    /** A client whose handshake has a password and perhaps a cookie. */
    private static RawClient handshake(String user, String cookie) throws InterruptedException {
        RawClient client = RawClient.open(server.stompUri(), Map.of("Authorization", basic(user), "Cookie", cookie));
        client.send("CONNECT\naccept-version:1.2\nhost:localhost\n\n\0");
        assertThat(client.next()).startsWith("CONNECTED\n").contains("user-name:" + user);
        return client;
    }

    private static String get(String user, String path, String cookie) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.uri(path))
                .header("Authorization", basic(user))
                .header("Cookie", cookie)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + user).getBytes(UTF_8));
    }
}
