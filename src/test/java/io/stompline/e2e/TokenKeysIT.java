package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompline.e2e.support.Chapter;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.e2e.support.StompJs;
import io.stompline.e2e.support.TokenIssuer;
import io.stompline.server.Server;
import io.stompline.server.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys of an issuer that rotates them, and what stays out of the log. */
class TokenKeysIT {
    private static final Duration LONG = Duration.ofMinutes(10);

    private static TokenIssuer issuer;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        issuer = new TokenIssuer();
        server = (ServerProcess) issuer.trustedBy(ServerProcess.demo())
                .with("stompline.login.ways", "token")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        issuer.close();
    }

    private static ReceivedFrame answer(Server to, String headers) throws InterruptedException {
        try (RawClient client = RawClient.open(to.stompUri())) {
            client.send("CONNECT\naccept-version:1.2\nhost:h\n" + headers + "\n\0");
            return ReceivedFrame.next(client);
        }
    }

    private static ReceivedFrame answer(String token) throws InterruptedException {
        return answer(server, "Authorization:Bearer " + token + "\n");
    }

    /** The script of the guide. */
    @Test
    void stompJs_tokenOfEachAttempt_isRenewedInPlace() throws Exception {
        StompJs.run(server, "1.2", """
                const tokens = ['%s', '%s'];
                const token = async () => tokens.shift();
                const delays = mailbox();
                // The first renewal at once instead of in half a minute
                const setTimeout = (renew, millis) => { delays.put(millis); if (tokens.length) renew(); };
                const clearTimeout = () => {};
                %s
                client.onStompError = (frame) => { console.log(frame.headers.message, frame.body); process.exit(1); };
                client.activate();
                assert.ok(await delays.next() <= 30_000);
                assert.ok(await delays.next() > 200_000);
                const texts = await inbox(client, '/topic/stompjs.token');
                client.publish({ destination: '/topic/stompjs.token', body: 'hello' });
                assert.equal((await texts.next()).headers.sender, 'ann');
                await client.deactivate();
                """.formatted(
                        issuer.token("ann", Duration.ofMinutes(1)),
                        issuer.token("ann", LONG),
                        Chapter.named("tokens").block("js").replace("'wss://chat.example/stomp'", "url")));
    }

    @Test
    void stomplineJs_token_isRenewedAndARefusedOneEndsTheAttempts() throws Exception {
        StompJs.run(
                server, "1.2", """
                import { connect } from 'stompline';
                const tokens = ['%s', '%s', 'no token'];
                const token = async () => tokens.shift();
                const renewals = mailbox();
                const debug = (line) => /^<<< RECEIPT.*token-expires-in:/s.test(line) && renewals.put(line);
                const stomp = connect(new Client({ brokerURL: url, debug }), { token });
                const texts = mailbox();
                stomp.subscribe('/topic/renewed', (text, { headers }) => texts.put(headers.sender));
                await renewals.next();
                await stomp.publish('/topic/renewed', 'hello');
                assert.equal(await texts.next(), 'ann');
                await stomp.close();
                const problem = await new Promise((refused) => connect(new Client({ brokerURL: url }), {
                  token,
                  onState: (state) => state.phase === 'refused' && refused(state.problem),
                }));
                assert.equal(problem.problem, 'access refused');
                """.formatted(issuer.token("ann", Duration.ofSeconds(20)), issuer.token("ann", LONG)));
    }

    @Test
    void keys_rotated_areFoundAndThoseBeforeStay() throws Exception {
        String before = issuer.token("ann", LONG);
        assertThat(answer(before).command()).isEqualTo("CONNECTED");
        issuer.rotate();
        String after = issuer.token("ann", LONG);
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> answer(after).command().equals("CONNECTED"));
        assertThat(answer(before).command()).isEqualTo("CONNECTED");
    }

    @Test
    void keys_inventedIds_areFetchedOnce() throws Exception {
        int before = issuer.fetches();
        for (int i = 0; i < 20; i++) {
            ReceivedFrame error = answer(
                    TokenIssuer.forged("../" + i, issuer.claims("ann", LONG).build()));
            assertThat(error.body()).contains("no key of stompline.token.keys is for its kid and alg");
        }
        assertThat(issuer.fetches() - before).isLessThanOrEqualTo(1);
    }

    @Test
    void token_log_hasNothingOfIt() throws Exception {
        String good = issuer.token("ann", LONG);
        String forged = TokenIssuer.forged("key-0", issuer.claims("ann", LONG).build());
        assertThat(answer(good).command()).isEqualTo("CONNECTED");
        assertThat(answer(forged).body()).isEqualTo("the token is refused: its signature is wrong");
        await().untilAsserted(() -> assertThat(server.log())
                .anyMatch(line -> line.contains(": the token is refused: its signature is wrong")));
        assertThat(String.join("\n", server.log()))
                .doesNotContain(good, good.split("\\.", -1)[1], forged.split("\\.", -1)[1]);
    }

    @Test
    void token_inTheQuery_logsNobodyInAndIsInNoLogOrAnswer() throws Exception {
        String token = issuer.token("ann", LONG);
        for (String name : List.of("access_token", "token", "passcode", "Authorization")) {
            String query = "?login=ann&" + name + "=" + token;
            try (RawClient client = RawClient.open(URI.create(server.stompUri() + query))) {
                client.send("CONNECT\naccept-version:1.2\nhost:h\n\n\0");
                assertThat(client.next())
                        .startsWith("ERROR\nmessage:access refused\n")
                        .contains("this CONNECT has neither a header login nor a token")
                        .doesNotContain(token);
            }
            for (String path : List.of("/stomp", "/", "/nothing", "/metrics", "/health/ready", "/WEB-INF/web.xml")) {
                assertThat(get(path + query)).doesNotContain(token);
            }
        }
        assertThat(server.log()).noneMatch(line -> line.contains(token));
    }

    /** Head and body of an answer. */
    private static String get(String target) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(server.uri(target)).build(), HttpResponse.BodyHandlers.ofString());
        return answer.headers().map() + answer.body();
    }

    @Test
    void loginWays_notListed_isRefused() throws Exception {
        assertThat(answer(server, "login:user1\npasscode:user1\n").body())
                .isEqualTo("logins by passcode are closed here (stompline.login.ways)");
    }

    @Tag("long")
    @Test
    void token_faultySettings_stopTheStartAndAreNamed() {
        assertThatThrownBy(() -> ServerProcess.product()
                        .with("stompline.token.keys", "http://id.example/jwks")
                        .with("stompline.token.algorithms", "none")
                        .start()
                        .close())
                .hasMessageContaining("stompline.token.keys must be an https: address; http: is for localhost only")
                .hasMessageContaining("stompline.token.algorithms must be of RS, PS, ES or HS")
                .hasMessageContaining("stompline.token.issuer must be set with stompline.token.keys")
                .hasMessageContaining("stompline.token.audience must be set with stompline.token.keys");
    }
}
