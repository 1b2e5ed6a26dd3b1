package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.application.ApplicationWar;
import io.stompline.application.Renewals;
import io.stompline.application.SessionServlet;
import io.stompline.application.Watcher;
import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.Nodes;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.e2e.support.TokenIssuer;
import io.stompline.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logins with tokens, and connections that outlive them. */
@Tag(Server.ANY)
class TokenIT {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofSeconds(3);
    private static final int POLICY_VIOLATION = 1008;

    private static final String RULES = """
            allow everyone     subscribe       /user/**
            allow role:chatter subscribe,send  /topic/tenants/{claim.tenant}/**
            """;

    @TempDir
    private static Path directory;

    private static TokenIssuer issuer;
    private static Server server;
    private final List<RawClient> clients = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        Path rules = Files.writeString(directory.resolve("stompline.rules"), RULES);
        issuer = new TokenIssuer();
        server = issuer.trustedBy(Server.application(
                        ApplicationWar.write(ApplicationWar.of(Watcher.class, SessionServlet.class, Renewals.class))))
                .with("stompline.rules.file", rules.toString())
                .with("stompline.token.grace", "PT1S")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        issuer.close();
    }

    @AfterEach
    void closeClients() {
        clients.forEach(RawClient::close);
    }

    private RawClient connect(String headers) {
        RawClient client = RawClient.open(server.stompUri());
        clients.add(client);
        return client.send("CONNECT\naccept-version:1.2\nhost:h\nheart-beat:0,0\n" + headers + "\n\0");
    }

    private RawClient connected(String token) throws InterruptedException {
        RawClient client = connect("Authorization:Bearer " + token + "\n");
        assertThat(ReceivedFrame.next(client).command()).isEqualTo("CONNECTED");
        return client;
    }

    private static String chatter(Duration life) {
        return issuer.signed(
                issuer.claims("ann", life, "chatter").claim("tenant", "acme").build());
    }

    private static void renew(RawClient client, String token) {
        client.send("SEND\ndestination:/app/stompline/token\nreceipt:renewed\n\n" + token + "\0");
    }

    @Test
    void token_inAuthorizationOrAsPasscode_logsIn() throws Exception {
        String token = issuer.token("ann", LONG);
        for (String header : List.of("Authorization:Bearer " + token + "\n", "passcode:" + token + "\n")) {
            ReceivedFrame connected = ReceivedFrame.next(connect(header));
            assertThat(connected.command()).isEqualTo("CONNECTED");
            assertThat(connected.header("user-name")).isEqualTo("ann");
            assertThat(Long.parseLong(connected.header("token-expires-in"))).isBetween(500_000L, 600_000L);
        }
    }

    @Test
    void token_wrong_isRefusedWithTheReason() throws Exception {
        String foreign =
                issuer.signed(issuer.claims("ann", LONG).audience("shop").build());
        RawClient client = connect("Authorization:Bearer " + foreign + "\n");
        ReceivedFrame error = ReceivedFrame.next(client);
        assertThat(error.header("message")).isEqualTo("access refused");
        assertThat(error.body()).isEqualTo("the token is refused: its claim aud has none of stompline.token.audience");
        assertThat(client.closeCode()).isEqualTo(POLICY_VIOLATION);
    }

    @Test
    void token_beside_passcodesAreTaken() throws Exception {
        assertThat(ReceivedFrame.next(connect("login:user1\npasscode:user1\n")).find("token-expires-in"))
                .isEmpty();
    }

    @Test
    void token_rolesAndClaims_countInRules() throws Exception {
        RawClient ann = Clients.subscribed(connected(chatter(LONG)), "/topic/tenants/acme/news");
        Clients.send(connected(chatter(LONG)), "/topic/tenants/acme/news", "hello");
        assertThat(ReceivedFrame.next(ann).body()).isEqualTo("hello");
        for (String refused : List.of(chatter(LONG), issuer.token("bob", LONG, "chatter"), issuer.token("bob", LONG))) {
            RawClient client = connected(refused);
            client.send("SUBSCRIBE\nid:s\ndestination:/topic/tenants/other/news\n\n\0");
            assertThat(ReceivedFrame.next(client).header("message")).isEqualTo("destination not allowed");
        }
    }

    @Test
    void token_expired_endsASilentClientAfterTheGrace() throws Exception {
        RawClient ann = connected(issuer.token("ann", SHORT));
        ReceivedFrame error = ReceivedFrame.next(ann);
        assertThat(error.command()).isEqualTo("ERROR");
        assertThat(error.header("message")).isEqualTo("token expired");
        assertThat(ann.closeCode()).isEqualTo(POLICY_VIOLATION);
    }

    @Test
    void renewal_laterToken_keepsTheConnection() throws Exception {
        RawClient ann = Clients.subscribed(connected(chatter(SHORT)), "/topic/tenants/acme/a");
        RawClient other = connected(chatter(SHORT));
        renew(ann, chatter(LONG));
        ReceivedFrame receipt = ReceivedFrame.next(ann);
        assertThat(receipt.header("receipt-id")).isEqualTo("renewed");
        assertThat(Long.parseLong(receipt.header("token-expires-in"))).isGreaterThan(500_000);
        assertThat(other.closeCode()).as("of a connection without renewal").isEqualTo(POLICY_VIOLATION);
        assertThat(ann.isOpen()).isTrue();
        Clients.send(connected(chatter(LONG)), "/topic/tenants/acme/a", "still here");
        assertThat(ReceivedFrame.next(ann).body()).isEqualTo("still here");
    }

    @Test
    void renewal_ofAnotherUserOrExpired_isRefused() throws Exception {
        for (String token : List.of(issuer.token("bob", LONG), issuer.token("ann", Duration.ofSeconds(-1)))) {
            RawClient ann = connected(chatter(LONG));
            renew(ann, token);
            ReceivedFrame error = ReceivedFrame.next(ann);
            assertThat(error.header("message")).isEqualTo("access refused");
            assertThat(error.header("receipt-id")).isEqualTo("renewed");
            assertThat(error.body()).startsWith("the token is refused: ").doesNotContain(token);
        }
    }

    @Test
    void renewal_roleGone_endsWhatItAllowed() throws Exception {
        RawClient ann = Clients.subscribed(connected(chatter(LONG)), "/topic/tenants/acme/b");
        renew(
                ann,
                issuer.signed(issuer.claims("ann", LONG).claim("tenant", "acme").build()));
        ReceivedFrame error = ReceivedFrame.next(ann);
        assertThat(error.header("message")).isEqualTo("destination not allowed");
        assertThat(error.body()).contains("no rule allows this user");
    }

    private static String of(String user, String device, String... roles) {
        var claims = issuer.claims(user, LONG, roles);
        return issuer.signed(
                device.isEmpty()
                        ? claims.build()
                        : claims.claim("device", device).build());
    }

    @Test
    void renewal_checkOfTheApplication_seesBothCallersAndMayRefuse() throws Exception {
        RawClient cleo = connected(of("cleo", "phone", "user"));
        renew(cleo, of("cleo", "phone", "admin"));
        assertThat(ReceivedFrame.next(cleo).header("receipt-id")).isEqualTo("renewed");
        renew(cleo, of("cleo", "laptop", "user"));
        assertThat(ReceivedFrame.next(cleo).body())
                .startsWith("the token is refused: the application does not permit this renewal");
        await().until(() -> events("cleo").contains("disconnected cleo"));
        assertThat(events("cleo"))
                .contains("renewed cleo [user] to cleo [admin]\n"
                        + "renewal refused cleo at 127.0.0.1: the token is refused: the application does not permit this"
                        + " renewal\n")
                .doesNotContain("refused LOGIN cleo");
    }

    @Test
    void renewal_checkFails_isRefused() throws Exception {
        RawClient dan = connected(of("dan", "phone"));
        renew(dan, of("dan", ""));
        assertThat(ReceivedFrame.next(dan).header("message")).isEqualTo("access refused");
    }

    private static String events(String user) {
        return Nodes.sessions(server, "events", "")
                .lines()
                .filter(line -> line.contains(user))
                .collect(Collectors.joining("\n"));
    }
}
