package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Command;
import io.stompline.frame.Frame;
import io.stompline.security.Authentication;
import io.stompline.security.Caller;
import io.stompline.security.Credentials;
import io.stompline.security.Refusal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A connection and its token. */
class StompSessionTokenTest {
    private static final String TOKEN_EXPIRES_IN = "token-expires-in";

    private final TestNode node = new TestNode();
    private final Map<String, Authentication> issued = new HashMap<>();

    StompSessionTokenTest() {
        useTokens(node);
    }

    private void useTokens(TestNode of) {
        of.tokens = shown -> issued.getOrDefault(shown.text(), new Authentication.Refused("the token is refused: why"));
    }

    private void issue(String token, String user, int seconds, String... roles) {
        issue(token, user, seconds, Map.of("sub", user), roles);
    }

    private void issue(String token, String user, int seconds, Map<String, String> claims, String... roles) {
        issued.put(
                token,
                new Authentication.Accepted(Caller.ofToken(
                        user, Set.of(roles), claims, node.clock.instant().plusSeconds(seconds))));
    }

    private TestClient connect(TestNode to, String... headers) {
        TestClient client = to.open();
        String[] all = new String[headers.length + 6];
        System.arraycopy(new String[] {"accept-version", "1.2", "host", "h", "heart-beat", "0,0"}, 0, all, 0, 6);
        System.arraycopy(headers, 0, all, 6, headers.length);
        client.send(Command.CONNECT, all);
        return client;
    }

    private TestClient ann() {
        issue("first", "ann", 60, "user");
        TestClient ann = connect(node, "Authorization", "Bearer first");
        assertThat(ann.received()).containsExactly("connected 1.2");
        return ann;
    }

    private static void renew(TestClient client, String token) {
        client.publish("/app/stompline/token", token, "receipt", "r");
    }

    private static String body(Frame frame) {
        return frame.body().text().orElseThrow();
    }

    @Test
    void token_inAuthorization_logsIn() {
        issue("first", "ann", 60);
        for (String[] header : new String[][] {
            {"Authorization", "Bearer first"},
            {"authorization", "bearer  first "},
            {"passcode", "first"},
            {"Authorization", "Bearer first", "login", "bob", "passcode", "bob"}
        }) {
            TestClient client = connect(node, header);
            assertThat(client.last().header("user-name")).contains("ann");
            assertThat(client.last().header(TOKEN_EXPIRES_IN)).contains("60000");
        }
    }

    @Test
    void token_otherScheme_isNoToken() {
        TestClient client = connect(node, "Authorization", "Basic eDp5", "login", "bob", "passcode", "bob");
        assertThat(client.last().header("user-name")).contains("bob");
        assertThat(client.last().header(TOKEN_EXPIRES_IN)).isEmpty();
    }

    @Test
    void token_wrong_isRefusedWithTheReason() {
        TestClient client = connect(node, "Authorization", "Bearer nonsense", "login", "bob", "passcode", "bob");
        assertThat(client.received()).containsExactly("error: access refused");
        assertThat(body(client.last())).isEqualTo("the token is refused: why");
        assertThat(node.listener.events()).containsExactly("refused nobody: the token is refused: why");
    }

    @Test
    void token_noKeys_lonePasscodeIsNone() {
        TestNode without = new TestNode();
        assertThat(body(connect(without, "passcode", "first").last()))
                .isEqualTo(
                        "this CONNECT has neither a header login nor a token, and the user of the handshake is not known");
        TestClient container = without.open(Optional.of(Caller.named("carl")), Optional.empty());
        container.send(Command.CONNECT, "accept-version", "1.2", "host", "h", "passcode", "x");
        assertThat(container.received()).containsExactly("connected 1.2");
    }

    @Test
    void token_noKeys_isRefusedWithTheSetting() {
        TestNode without = new TestNode();
        TestClient client = connect(without, "Authorization", "Bearer first");
        assertThat(body(client.last()))
                .isEqualTo("this server takes no tokens: its setting stompline.token.keys is missing");
    }

    @Test
    void token_keysNotThereYet_isCheckedAgain() {
        AtomicBoolean there = new AtomicBoolean();
        issued.put("first", new Authentication.Pending(there::get));
        TestClient client = connect(node, "Authorization", "Bearer first");
        client.pass(Duration.ofSeconds(1));
        assertThat(client.received()).isEmpty();
        issue("first", "ann", 60);
        there.set(true);
        client.pass(Duration.ofMillis(100));
        assertThat(client.received()).containsExactly("connected 1.2");
        assertThat(client.last().header(TOKEN_EXPIRES_IN)).contains("59900");
    }

    @Test
    void loginWays_closed_areRefused() {
        issue("first", "ann", 60);
        node.ways.remove(Credentials.Way.PASSCODE);
        node.ways.remove(Credentials.Way.CONTAINER);
        TestClient passcode = connect(node, "login", "bob", "passcode", "bob");
        assertThat(body(passcode.last())).isEqualTo("logins by passcode are closed here (stompline.login.ways)");
        TestClient container = node.open(Optional.of(Caller.named("carl")), Optional.empty());
        container.send(Command.CONNECT, "accept-version", "1.2", "host", "h");
        assertThat(body(container.last())).isEqualTo("logins by container are closed here (stompline.login.ways)");
        assertThat(connect(node, "passcode", "first").received()).containsExactly("connected 1.2");
        node.ways.remove(Credentials.Way.TOKEN);
        assertThat(body(connect(node, "passcode", "first").last()))
                .isEqualTo("logins by token are closed here (stompline.login.ways)");
    }

    @Test
    void expiry_silentClient_endsAfterTheGrace() {
        TestClient ann = ann();
        for (int second = 1; second <= 84; second++) {
            ann.session.heard();
            ann.pass(Duration.ofSeconds(1));
        }
        assertThat(ann.received()).isEmpty();
        ann.pass(Duration.ofSeconds(1));
        assertThat(ann.received()).containsExactly("error: token expired");
        assertThat(ann.wire.closed()).isNotEmpty();
    }

    @Test
    void renewal_laterToken_extendsTheConnection() {
        TestClient ann = ann();
        ann.session.heard();
        ann.pass(Duration.ofSeconds(59));
        issue("second", "ann", 100, "user", "admin");
        renew(ann, "second");
        assertThat(ann.received()).containsExactly("receipt r");
        assertThat(ann.last().header(TOKEN_EXPIRES_IN)).contains("100000");
        assertThat(ann.session.caller().groups()).containsExactlyInAnyOrder("user", "admin");
        assertThat(node.application.handled()).isEmpty();
        for (int second = 1; second <= 124; second++) {
            ann.session.heard();
            ann.pass(Duration.ofSeconds(1));
        }
        assertThat(ann.received()).isEmpty();
        ann.pass(Duration.ofSeconds(1));
        assertThat(ann.received()).containsExactly("error: token expired");
        assertThat(node.listener.events()).first().isEqualTo("connected ann");
        assertThat(node.listener.events().get(1)).isEqualTo("renewed ann [user] to [admin, user]");
    }

    @Test
    void renewal_withinTheGrace_isTaken() {
        TestClient ann = ann();
        ann.session.heard();
        ann.pass(Duration.ofSeconds(50));
        ann.session.heard();
        ann.pass(Duration.ofSeconds(34));
        issue("second", "ann", 100);
        renew(ann, "second");
        assertThat(ann.received()).containsExactly("receipt r");
    }

    @Test
    void renewal_noGood_isRefused() {
        issue("of bob", "bob", 100);
        issue("of another ann", "ann", 100, Map.of("sub", "another"));
        issue("without subject", "ann", 100, Map.of());
        issue("expired", "ann", 0);
        Map<String, String> reasons = Map.of(
                "of bob", "for another user",
                "of another ann", "for another user",
                "without subject", "for another user",
                "expired", "it has expired",
                "nonsense", "why",
                "", "why");
        reasons.forEach((token, reason) -> {
            TestClient ann = ann();
            renew(ann, token);
            assertThat(ann.received()).containsExactly("error: access refused");
            assertThat(body(ann.last())).contains("the token is refused: ").contains(reason);
            assertThat(node.listener.events())
                    .anyMatch(event -> event.startsWith("renewal refused ann: the token is refused"));
        });
    }

    @Test
    void renewal_refused_isAnEventOfItsOwn() {
        TestClient ann = ann();
        renew(ann, "nonsense");
        assertThat(node.listener.events())
                .startsWith("connected ann", "renewal refused ann: the token is refused: why");
    }

    @Test
    void renewal_checkOfTheApplication_seesBothCallersAndMayRefuse() {
        issue("second", "ann", 90, "user", "admin");
        issue("third", "ann", 120, "admin");
        TestClient ann = ann();
        node.application.permitRenewals((before, after) ->
                before.groups().contains("user") && after.groups().contains("user"));
        renew(ann, "second");
        assertThat(ann.received()).containsExactly("receipt r");
        renew(ann, "third");
        assertThat(ann.received()).containsExactly("error: access refused");
        assertThat(body(ann.last())).startsWith("the token is refused: the application does not permit this renewal");
        assertThat(node.listener.events())
                .contains("renewal refused ann: the token is refused: the application does not permit this renewal");
    }

    @Test
    void renewal_ofAnotherUser_isNoMatterOfTheApplication() {
        issue("of bob", "bob", 100);
        TestClient ann = ann();
        node.application.permitRenewals((before, after) -> {
            throw new AssertionError(after);
        });
        renew(ann, "of bob");
        assertThat(ann.received()).containsExactly("error: access refused");
    }

    @Test
    void renewal_refusedByTheApplicationWhereMessagesTell_keepsTheFormerToken() {
        TestNode telling = new TestNode(Rules.denyingByMessage());
        useTokens(telling);
        issue("first", "ann", 60, "user");
        TestClient ann = connect(telling, "passcode", "first");
        ann.received();
        telling.application.permitRenewals((before, after) -> false);
        issue("second", "ann", 90, "admin");
        renew(ann, "second");
        assertThat(ann.received()).isEmpty();
        assertThat(ann.session.caller().groups()).containsExactly("user");
    }

    @Test
    void renewal_noTokenBefore_isRefused() {
        issue("of bob", "bob", 100);
        TestClient bob = node.connected("bob");
        renew(bob, "of bob");
        assertThat(body(bob.last())).startsWith("this connection did not log in with a token");
    }

    @Test
    void renewal_afterALoginByCertificate_isRefused() {
        Caller known = new Caller(
                "ann", Set.of(), Map.of(), Optional.of(node.clock.instant().plusSeconds(60)));
        issue("of ann", "ann", 100, Map.of());
        TestClient ann = node.open(Optional.of(known), Optional.empty());
        ann.send(Command.CONNECT, "accept-version", "1.2", "host", "h");
        assertThat(ann.last().header(TOKEN_EXPIRES_IN)).contains("60000");
        renew(ann, "of ann");
        assertThat(body(ann.last())).startsWith("this connection did not log in with a token");
        assertThat(ann.session.caller()).isEqualTo(known);
    }

    @Test
    void renewal_ofATokenThatTheContainerTook_extendsTheConnection() {
        Caller known = Caller.ofToken(
                "ann", Set.of(), Map.of("sub", "ann"), node.clock.instant().plusSeconds(60));
        issue("of ann", "ann", 100);
        TestClient ann = node.open(Optional.of(known), Optional.empty());
        ann.send(Command.CONNECT, "accept-version", "1.2", "host", "h");
        renew(ann, "of ann");
        assertThat(ann.last().header(TOKEN_EXPIRES_IN)).contains("100000");
    }

    @Test
    void renewal_inATransaction_isRefused() {
        TestClient ann = ann();
        ann.send(Command.BEGIN, "transaction", "t");
        ann.publish("/app/stompline/token", "first", "transaction", "t");
        assertThat(ann.received()).containsExactly("error: invalid header");
    }

    @Test
    void renewal_refusedWhereMessagesTell_keepsTheFormerToken() {
        TestNode telling = new TestNode(Rules.denyingByMessage());
        useTokens(telling);
        issue("first", "ann", 60);
        TestClient ann = connect(telling, "passcode", "first");
        ann.received();
        renew(ann, "nonsense");
        assertThat(ann.received()).isEmpty();
        assertThat(telling.application.handled()).containsExactly("denied /app/stompline/token");
        ann.pass(Duration.ofSeconds(86));
        assertThat(ann.received()).contains("error: token expired");
    }

    @Test
    void renewal_keysNotThereYet_isCheckedAgain() {
        TestClient ann = ann();
        AtomicBoolean there = new AtomicBoolean();
        issued.put("second", new Authentication.Pending(there::get));
        renew(ann, "second");
        issue("second", "ann", 90);
        there.set(true);
        ann.pass(Duration.ofMillis(100));
        assertThat(ann.received()).containsExactly("receipt r");
    }

    private static void admitAdmins(TestNode node) {
        node.control = (caller, action, destination) ->
                destination.name().startsWith("admin") && !caller.groups().contains("admin")
                        ? Optional.of(new Refusal(Refusal.Reason.FORBIDDEN, "no rule allows this"))
                        : Optional.empty();
    }

    private TestClient admin(TestNode of) {
        admitAdmins(of);
        issue("admin", "ann", 60, "admin");
        TestClient ann = connect(of, "passcode", "admin");
        ann.subscribe("a", "/topic/admin");
        ann.subscribe("d", "/topic/admin2", "durable", "true");
        ann.subscribe("q", "/queue/admin");
        ann.subscribe("n", "/topic/news");
        ann.received();
        return ann;
    }

    @Test
    void renewal_roleGone_endsTheConnection() {
        TestClient ann = admin(node);
        issue("user", "ann", 90, "user");
        renew(ann, "user");
        assertThat(ann.received()).containsExactly("error: destination not allowed");
        assertThat(body(ann.last()))
                .startsWith("the subscription to /topic/admin ends: ")
                .doesNotContain("/app/stompline/token");
        node.publish("/topic/admin", "1");
        assertThat(ann.received()).isEmpty();
    }

    @Test
    void renewal_roleOfABeanGone_endsTheConnection() {
        TestClient ann = ann();
        node.application.admitOnly((caller, subscribed) -> caller.groups().contains("user"));
        ann.subscribe("s", "/topic/minutes");
        issue("second", "ann", 60, "guest");
        renew(ann, "second");
        assertThat(body(ann.last()))
                .startsWith("the subscription to /topic/minutes ends: the bean of this destination");
    }

    /** The right is gone, whether or not the client could be told: its subscription alone ends. */
    @Test
    void renewal_roleGoneAndMessageNotTaken_endsItsSubscriptions() {
        TestNode telling = new TestNode(Rules.denyingByMessage());
        useTokens(telling);
        TestClient ann = admin(telling);
        ann.send(Command.UNSUBSCRIBE, "id", "n");
        ann.subscribe("not-taken", "/topic/admin/not-taken");
        issue("user", "ann", 90, "user");
        renew(ann, "user");
        assertThat(ann.received()).containsExactly("receipt r");
        assertThat(telling.application.handled()).contains("denied /topic/admin/not-taken");
        telling.publish("/topic/admin/not-taken", "1");
        telling.publish("/topic/admin", "2");
        assertThat(ann.received()).isEmpty();
        ann.send(Command.UNSUBSCRIBE, "id", "not-taken", "receipt", "u");
        assertThat(ann.received()).containsExactly("receipt u");
    }

    @Test
    void renewal_roleGoneWhereMessagesTell_endsItsSubscriptions() {
        TestNode telling = new TestNode(Rules.denyingByMessage());
        useTokens(telling);
        TestClient ann = admin(telling);
        issue("user", "ann", 90, "user");
        renew(ann, "user");
        assertThat(ann.received()).containsExactly("receipt r");
        assertThat(telling.application.handled())
                .containsExactlyInAnyOrder("denied /topic/admin", "denied /topic/admin2", "denied /queue/admin");
        assertThat(telling.listener.events())
                .contains("unsubscribed /topic/admin", "unsubscribed /topic/admin2", "unsubscribed /queue/admin");
        for (String destination : new String[] {"/topic/admin", "/topic/admin2", "/queue/admin", "/topic/news"}) {
            telling.publish(destination, "to " + destination);
        }
        assertThat(ann.received()).containsExactly("n: to /topic/news");
        ann.publish("/topic/admin", "1");
        assertThat(telling.application.handled()).hasSize(4);
        ann.send(Command.UNSUBSCRIBE, "id", "a", "receipt", "u");
        assertThat(ann.received()).containsExactly("receipt u");
    }

    @Test
    void renewal_roleCame_allowsMore() {
        admitAdmins(node);
        TestClient ann = ann();
        issue("admin", "ann", 90, "admin");
        renew(ann, "admin");
        ann.subscribe("a", "/topic/admin");
        node.publish("/topic/admin", "1");
        assertThat(ann.received()).containsExactly("receipt r", "a: 1");
    }

    @Test
    void token_headersOfSend_areNotShownToOthers() {
        TestClient ann = ann();
        TestClient bob = node.connected("bob");
        bob.subscribe("s", "/topic/t");
        ann.publish("/topic/t", "1", "Authorization", "Bearer first", "passcode", "first", "x", "y");
        assertThat(bob.last().header("Authorization")).isEmpty();
        assertThat(bob.last().header("passcode")).isEmpty();
        assertThat(bob.last().header("x")).contains("y");
    }
}
