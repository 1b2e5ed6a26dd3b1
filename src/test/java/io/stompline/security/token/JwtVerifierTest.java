package io.stompline.security.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import io.stompline.security.Authentication;
import io.stompline.security.Caller;
import io.stompline.security.Credentials;
import io.stompline.session.ManualClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that are taken, and those that RFC 8725 warns of. */
@SuppressWarnings("JavaUtilDate") // of Nimbus
class JwtVerifierTest {
    private static final RSAKey RSA = TestTokens.key("rsa");
    private static final RSAKey FOREIGN = TestTokens.key("rsa");
    private static final ECKey EC =
            made(() -> new ECKeyGenerator(Curve.P_256).keyID("ec").generate());
    private static final Instant NOW = Instant.EPOCH;
    private static final JWTClaimsSet GOOD =
            TestTokens.claims("ann", NOW.plusSeconds(60)).build();
    private static final String UNSIGNED = "no signed JSON Web Token";
    private static final String ALGORITHM = "alg is none of stompline.token.algorithms";
    private static final String SIGNATURE = "signature is wrong";
    private static final String NO_KEY = "no key of stompline.token.keys is for its kid and alg";

    private final ManualClock clock = new ManualClock();

    private interface Generator<T> {
        T make() throws Exception;
    }

    private static <T> T made(Generator<T> generator) {
        try {
            return generator.make();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static TokenSettings settings(String keys, String... algorithms) {
        return new TokenSettings(
                keys,
                TestTokens.ISSUER,
                Set.of(TestTokens.AUDIENCE, "other"),
                Set.of(algorithms),
                List.of("upn", "preferred_username", "sub"),
                "groups",
                Duration.ofSeconds(60),
                Duration.ofSeconds(25),
                true);
    }

    private JwtVerifier verifier(TokenSettings settings) {
        return JwtVerifier.of(settings, Runnable::run, clock, clock);
    }

    private Authentication verify(String token) {
        return verifier(settings(TestTokens.jwks(RSA, EC), "RS256", "ES256")).verify(new Credentials.Token(token));
    }

    private static Caller caller(Authentication outcome) {
        return outcome.accepted().orElseThrow(() -> new AssertionError(outcome));
    }

    private static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa");
    }

    private static String raw(String header, String payload, String signature) {
        return Base64URL.encode(header) + "." + Base64URL.encode(payload) + "." + signature;
    }

    private static JWTClaimsSet with(String claim, Object value) {
        return new JWTClaimsSet.Builder(GOOD).claim(claim, value).build();
    }

    private static JWTClaimsSet at(Instant expires) {
        return TestTokens.claims("ann", expires).build();
    }

    private static OctetSequenceKey secret(byte[] octets) {
        return new OctetSequenceKey.Builder(octets).keyID("rsa").build();
    }

    static Stream<Arguments> attacks() throws Exception {
        JWSHeader es256 = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").build();
        JWSHeader hs256 = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa").build();
        String good = TestTokens.signed(RSA, GOOD);
        String[] parts = good.split("\\.", -1);
        String other = TestTokens.signed(RSA, with("x", "y"));
        String publicKey = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.encode(RSA.toRSAPublicKey().getEncoded()) + "\n-----END PUBLIC KEY-----\n";
        return Stream.of(
                Arguments.of("no signature at all", raw("{\"alg\":\"none\"}", GOOD.toString(), ""), UNSIGNED),
                Arguments.of("none in mixed case", raw("{\"alg\":\"nOnE\"}", GOOD.toString(), ""), UNSIGNED),
                Arguments.of("alg missing", raw("{}", GOOD.toString(), "AA"), UNSIGNED),
                Arguments.of(
                        "alg none with a signature", raw("{\"alg\":\"none\"}", GOOD.toString(), parts[2]), UNSIGNED),
                Arguments.of("signature taken off", parts[0] + "." + parts[1] + ".", UNSIGNED),
                Arguments.of(
                        "the public key as PEM is the secret",
                        TestTokens.signed(hs256, secret(publicKey.getBytes(StandardCharsets.UTF_8)), GOOD),
                        ALGORITHM),
                Arguments.of(
                        "the public key as DER is the secret",
                        TestTokens.signed(hs256, secret(RSA.toRSAPublicKey().getEncoded()), GOOD),
                        ALGORITHM),
                Arguments.of(
                        "the public key as JSON is the secret",
                        TestTokens.signed(
                                hs256, secret(RSA.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)), GOOD),
                        ALGORITHM),
                Arguments.of("another key of that kid", TestTokens.signed(FOREIGN, GOOD), SIGNATURE),
                Arguments.of(
                        "the embedded key",
                        TestTokens.signed(header().jwk(FOREIGN.toPublicJWK()).build(), FOREIGN, GOOD),
                        SIGNATURE),
                Arguments.of(
                        "keys elsewhere, jku",
                        TestTokens.signed(
                                header().jwkURL(URI.create("https://evil.example/jwks"))
                                        .build(),
                                FOREIGN,
                                GOOD),
                        SIGNATURE),
                Arguments.of(
                        "a certificate elsewhere, x5u",
                        TestTokens.signed(
                                header().x509CertURL(URI.create("https://evil.example/x"))
                                        .build(),
                                FOREIGN,
                                GOOD),
                        SIGNATURE),
                Arguments.of(
                        "an embedded certificate, x5c",
                        TestTokens.signed(
                                header().x509CertChain(List.of(Base64.encode("x")))
                                        .build(),
                                FOREIGN,
                                GOOD),
                        SIGNATURE),
                Arguments.of(
                        "kid unknown", TestTokens.signed(header().keyID("new").build(), FOREIGN, GOOD), NO_KEY),
                Arguments.of(
                        "kid is a path",
                        TestTokens.signed(header().keyID("../../../dev/null").build(), FOREIGN, GOOD),
                        NO_KEY),
                Arguments.of(
                        "kid is SQL",
                        TestTokens.signed(
                                header().keyID("x' UNION SELECT 'a';--").build(), FOREIGN, GOOD),
                        NO_KEY),
                Arguments.of("kid empty", TestTokens.signed(header().keyID("").build(), FOREIGN, GOOD), NO_KEY),
                Arguments.of(
                        "the kid of a key for another algorithm",
                        TestTokens.signed(header().keyID("ec").build(), FOREIGN, GOOD),
                        NO_KEY),
                Arguments.of(
                        "crit",
                        TestTokens.signed(
                                header().criticalParams(Set.of("exp"))
                                        .customParam("exp", 1)
                                        .build(),
                                RSA,
                                GOOD),
                        "header crit"),
                Arguments.of(
                        "payload not in base64, crit b64",
                        raw("{\"alg\":\"RS256\",\"kid\":\"rsa\",\"b64\":false,\"crit\":[\"b64\"]}", "x", parts[2]),
                        "header crit"),
                Arguments.of(
                        "typ of another use",
                        TestTokens.signed(
                                header().type(new JOSEObjectType("logout+jwt")).build(), RSA, GOOD),
                        "typ is neither JWT nor at+jwt"),
                Arguments.of(
                        "typ of a proof",
                        TestTokens.signed(
                                header().type(new JOSEObjectType("dpop+jwt")).build(), RSA, GOOD),
                        "typ is neither JWT nor at+jwt"),
                Arguments.of(
                        "a token in a token",
                        TestTokens.signed(header().contentType("JWT").build(), RSA, good),
                        "holds another token"),
                Arguments.of("a token in a token, untold", TestTokens.signed(header().build(), RSA, good), UNSIGNED),
                Arguments.of("encrypted", good + ".AA.AA", UNSIGNED),
                Arguments.of(
                        "algorithm not in the list",
                        TestTokens.signed(header(JWSAlgorithm.RS512), RSA, GOOD),
                        ALGORITHM),
                Arguments.of(
                        "PSS not in the list", TestTokens.signed(header(JWSAlgorithm.PS256), RSA, GOOD), ALGORITHM),
                Arguments.of(
                        "another curve",
                        TestTokens.signed(header(JWSAlgorithm.ES384), new ECKeyGenerator(Curve.P_384).generate(), GOOD),
                        ALGORITHM),
                Arguments.of(
                        "ECDSA with r and s zero",
                        raw(
                                es256.toString(),
                                GOOD.toString(),
                                Base64URL.encode(new byte[64]).toString()),
                        SIGNATURE),
                Arguments.of(
                        "ECDSA with a short signature",
                        raw(
                                es256.toString(),
                                GOOD.toString(),
                                Base64URL.encode(new byte[8]).toString()),
                        SIGNATURE),
                Arguments.of(
                        "payload changed",
                        parts[0] + "."
                                + Base64URL.encode(
                                        with("preferred_username", "admin").toString()) + "." + parts[2],
                        SIGNATURE),
                Arguments.of(
                        "signature of another token",
                        parts[0] + "." + parts[1] + "." + other.substring(other.lastIndexOf('.') + 1),
                        SIGNATURE),
                Arguments.of(
                        "a claim twice",
                        TestTokens.signed(
                                header().build(),
                                RSA,
                                GOOD.toString().replace("}", ",\"preferred_username\":\"admin\"}")),
                        UNSIGNED),
                Arguments.of(
                        "a header twice",
                        raw("{\"alg\":\"RS256\",\"alg\":\"none\",\"kid\":\"rsa\"}", GOOD.toString(), parts[2]),
                        UNSIGNED),
                Arguments.of("no exp", TestTokens.signed(RSA, with("exp", null)), "no claim exp"),
                Arguments.of("exp a text", TestTokens.signed(RSA, with("exp", "tomorrow")), UNSIGNED),
                Arguments.of(
                        "exp too large to be a time",
                        TestTokens.signed(header().build(), RSA, GOOD.toString().replace(":60", ":1e400")),
                        UNSIGNED),
                Arguments.of("expired", TestTokens.signed(RSA, at(NOW.minusSeconds(25))), "exp is in the past"),
                Arguments.of(
                        "exp negative", TestTokens.signed(RSA, at(NOW.minusSeconds(999_999))), "exp is in the past"),
                Arguments.of(
                        "nbf in the future",
                        TestTokens.signed(RSA, with("nbf", Date.from(NOW.plusSeconds(61)))),
                        "nbf is in the future"),
                Arguments.of(
                        "iss wrong", TestTokens.signed(RSA, with("iss", "https://evil.example")), "iss is not that"),
                Arguments.of(
                        "iss with a slash more",
                        TestTokens.signed(RSA, with("iss", TestTokens.ISSUER + "/")),
                        "iss is not that of stompline.token.issuer"),
                Arguments.of("no iss", TestTokens.signed(RSA, with("iss", null)), "iss is not that"),
                Arguments.of("aud wrong", TestTokens.signed(RSA, with("aud", List.of("shop"))), "aud has none of"),
                Arguments.of(
                        "no aud",
                        TestTokens.signed(RSA, with("aud", null)),
                        "aud has none of stompline.token.audience"),
                Arguments.of(
                        "user not a text",
                        TestTokens.signed(RSA, with("upn", 7)),
                        "no text in the claim of stompline.token.user"),
                Arguments.of("user blank", TestTokens.signed(RSA, with("upn", " ")), "no text in the claim"),
                Arguments.of(
                        "roles not a list",
                        TestTokens.signed(RSA, with("groups", Map.of("admin", true))),
                        "claim of stompline.token.roles is no list"),
                Arguments.of(
                        "a role not a text",
                        TestTokens.signed(RSA, with("groups", List.of("a", 1))),
                        "claim of stompline.token.roles is no list"),
                Arguments.of("payload a list", TestTokens.signed(header().build(), RSA, "[1]"), UNSIGNED),
                Arguments.of("payload no JSON", TestTokens.signed(header().build(), RSA, "x"), UNSIGNED),
                Arguments.of(
                        "deep",
                        TestTokens.signed(header().build(), RSA, "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}"),
                        UNSIGNED),
                Arguments.of("long", TestTokens.signed(RSA, with("x", "y".repeat(16_000))), "longer than 16384"),
                Arguments.of("two parts", parts[0] + "." + parts[1], UNSIGNED),
                Arguments.of("four parts", good + ".AA", UNSIGNED),
                Arguments.of("no base64", "a!b.c.d", UNSIGNED),
                Arguments.of("scheme in it", "Bearer " + good, UNSIGNED),
                Arguments.of("empty", "", UNSIGNED));
    }

    private static JWSHeader header(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm).keyID("rsa").build();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void token_attack_isRefusedWithTheReason(String what, String token, String reason) {
        assertThat(verify(token))
                .isInstanceOfSatisfying(
                        Authentication.Refused.class,
                        refused -> assertThat(refused.detail())
                                .startsWith("the token is refused: ")
                                .contains(reason));
    }

    static Stream<Arguments> good() {
        return Stream.of(
                Arguments.of("RS256", TestTokens.signed(RSA, GOOD)),
                Arguments.of("ES256", TestTokens.signed(new JWSHeader.Builder(JWSAlgorithm.ES256).build(), EC, GOOD)),
                Arguments.of("no kid", TestTokens.signed(new JWSHeader(JWSAlgorithm.RS256), RSA, GOOD)),
                Arguments.of(
                        "typ JWT",
                        TestTokens.signed(header().type(JOSEObjectType.JWT).build(), RSA, GOOD)),
                Arguments.of(
                        "typ at+jwt",
                        TestTokens.signed(
                                header().type(new JOSEObjectType("at+jwt")).build(), RSA, GOOD)),
                Arguments.of("several audiences", TestTokens.signed(RSA, with("aud", List.of("shop", "other")))),
                Arguments.of("just expired", TestTokens.signed(RSA, at(NOW.minusSeconds(24)))),
                Arguments.of("clock behind", TestTokens.signed(RSA, with("nbf", Date.from(NOW.plusSeconds(60))))),
                Arguments.of("blanks around", " " + TestTokens.signed(RSA, GOOD) + "\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void token_good_isTaken(String what, String token) {
        assertThat(caller(verify(token)).name()).isEqualTo("ann");
    }

    /** The library says that the key cannot check it, which is no approval. */
    @Test
    void token_ofAnotherCurveThanTheKey_isRefused() {
        ECKey other = made(() -> new ECKeyGenerator(Curve.P_521).keyID("ec").generate());
        String token = TestTokens.signed(
                new JWSHeader.Builder(JWSAlgorithm.ES512).keyID("ec").build(), other, GOOD);
        Authentication refused =
                verifier(settings(TestTokens.jwks(EC), "ES256", "ES512")).verify(new Credentials.Token(token));
        assertThat(((Authentication.Refused) refused).detail()).containsAnyOf(SIGNATURE, NO_KEY);
    }

    @Test
    void token_algorithmThatNeedsALongerSecret_isRefused() {
        OctetSequenceKey known =
                made(() -> new OctetSequenceKeyGenerator(256).keyID("s").generate());
        OctetSequenceKey other =
                made(() -> new OctetSequenceKeyGenerator(512).keyID("s").generate());
        String token = TestTokens.signed(
                new JWSHeader.Builder(JWSAlgorithm.HS512).keyID("s").build(), other, GOOD);
        String jwks = "{\"keys\":[" + known.toJSONString() + "]}";
        Authentication refused = verifier(settings(jwks, "HS256", "HS512")).verify(new Credentials.Token(token));
        assertThat(((Authentication.Refused) refused).detail()).containsAnyOf(SIGNATURE, NO_KEY);
    }

    @Test
    void token_keysOfAnAddress_areReadAtTheStartAndWaitedFor() {
        List<Runnable> readings = new ArrayList<>();
        JwtVerifier verifier =
                JwtVerifier.of(settings("https://id.example/jwks", "RS256"), readings::add, clock, clock);
        assertThat(readings).hasSize(1);
        Authentication pending = verifier.verify(new Credentials.Token(TestTokens.signed(RSA, GOOD)));
        assertThat(((Authentication.Pending) pending).over().getAsBoolean()).isFalse();
        assertThat(readings).hasSize(1);
    }

    @Test
    void token_time_decides() {
        String token = TestTokens.signed(RSA, GOOD);
        JwtVerifier verifier = verifier(settings(TestTokens.jwks(RSA), "RS256"));
        clock.pass(Duration.ofSeconds(84));
        assertThat(verifier.verify(new Credentials.Token(token)).accepted()).isPresent();
        clock.pass(Duration.ofSeconds(1));
        assertThat(verifier.verify(new Credentials.Token(token)).accepted()).isEmpty();
    }

    @Test
    void caller_claims_nameUserRolesAndFacts() {
        Caller caller = caller(verify(TestTokens.signed(
                RSA,
                new JWTClaimsSet.Builder(GOOD)
                        .claim("groups", List.of("user", "admin", "user"))
                        .claim("tenant", "acme")
                        .claim("level", 7)
                        .claim("vip", true)
                        .claim("list", List.of("x"))
                        .build())));
        assertThat(caller.name()).isEqualTo("ann");
        assertThat(caller.groups()).containsExactlyInAnyOrder("user", "admin");
        assertThat(caller.claims())
                .containsEntry("tenant", "acme")
                .containsEntry("level", "7")
                .containsEntry("vip", "true")
                .containsEntry("sub", "id-of-ann")
                .doesNotContainKeys("list", "exp", "aud");
        assertThat(caller.expires()).contains(NOW.plusSeconds(60));
    }

    @Test
    void caller_pathsInTheSettings_areFollowed() {
        TokenSettings usual = settings(TestTokens.jwks(RSA), "RS256");
        String token = TestTokens.signed(
                RSA,
                new JWTClaimsSet.Builder(GOOD)
                        .claim("realm_access", Map.of("roles", List.of("chatter")))
                        .claim("https://example.com/mail", "ann@example.com")
                        .claim("scope", "read  write")
                        .claim("blank", " ")
                        .build());
        assertThat(rolesAt("realm_access/roles", usual, token).groups()).containsExactly("chatter");
        assertThat(rolesAt("realm_access/roles", usual, token).name()).isEqualTo("ann@example.com");
        assertThat(rolesAt("scope", usual, token).groups()).containsExactlyInAnyOrder("read", "write");
        assertThat(rolesAt("realm_access/none", usual, token).groups()).isEmpty();
        assertThat(rolesAt("scope/x", usual, token).groups()).isEmpty();
        assertThat(rolesAt("blank", usual, token).groups()).isEmpty();
    }

    private Caller rolesAt(String path, TokenSettings usual, String token) {
        TokenSettings set = new TokenSettings(
                usual.keys(),
                usual.issuer(),
                usual.audiences(),
                usual.algorithms(),
                List.of("https://example.com/mail"),
                path,
                usual.skew(),
                usual.grace(),
                true);
        return caller(verifier(set).verify(new Credentials.Token(token)));
    }

    @Test
    void keys_secretsInAJwks_checkHmac() {
        OctetSequenceKey key =
                made(() -> new OctetSequenceKeyGenerator(256).keyID("s").generate());
        String token = TestTokens.signed(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("s").build(), key, GOOD);
        String jwks = "{\"keys\":[" + key.toJSONString() + "]}";
        assertThat(caller(verifier(settings(jwks, "HS256")).verify(new Credentials.Token(token)))
                        .name())
                .isEqualTo("ann");
    }

    @Test
    void keys_pem_needsNoKid() throws Exception {
        String rsa = Base64.encode(RSA.toRSAPublicKey().getEncoded()).toString();
        String ec = Base64.encode(EC.toECPublicKey().getEncoded()).toString();
        String pem = "-----BEGIN PUBLIC KEY-----\n" + rsa.replaceAll("(.{64})", "$1\n") + "\n-----END PUBLIC KEY-----\n"
                + "-----BEGIN PUBLIC KEY-----" + ec + "-----END PUBLIC KEY-----";
        for (String keys :
                List.of(pem, rsa, Base64URL.encode(TestTokens.jwks(RSA, EC)).toString())) {
            assertThat(caller(verifier(settings(keys, "RS256"))
                                    .verify(new Credentials.Token(TestTokens.signed(RSA, GOOD))))
                            .name())
                    .isEqualTo("ann");
        }
        String elliptic = TestTokens.signed(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("x").build(), EC, GOOD);
        assertThat(caller(verifier(settings(pem, "ES256")).verify(new Credentials.Token(elliptic)))
                        .name())
                .isEqualTo("ann");
    }

    static Stream<Arguments> wrongKeys() throws Exception {
        RSAKey weak = new RSAKeyGenerator(1024, true).keyID("weak").generate();
        JWK encrypting = new RSAKey.Builder(RSA)
                .keyUse(com.nimbusds.jose.jwk.KeyUse.ENCRYPTION)
                .build();
        OctetSequenceKey shortSecret = new OctetSequenceKey.Builder(new byte[16]).build();
        return Stream.of(
                Arguments.of(TestTokens.jwks(weak), "RS256", "no key for RS256: keys of RSA need 2048 bits"),
                Arguments.of(TestTokens.jwks(EC), "RS256", "no key for RS256"),
                Arguments.of(TestTokens.jwks(encrypting), "RS256", "no key for RS256"),
                Arguments.of(TestTokens.jwks(RSA), "HS256", "HS… needs a JWKS of secrets only"),
                Arguments.of("{\"keys\":[" + shortSecret + "]}", "HS256", "no key for HS256"),
                Arguments.of("{\"keys\":[]}", "RS256", "no key for RS256"),
                Arguments.of("{\"keys\":[{\"kty\":\"RSA\",\"n\":\"secret\"}]}", "RS256", "no JWKS (RFC 7517)"),
                Arguments.of("{secret", "RS256", "no JWKS (RFC 7517)"),
                Arguments.of(
                        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                        "RS256",
                        "\"BEGIN PRIVATE KEY\" where \"BEGIN PUBLIC KEY\" must be"),
                Arguments.of(
                        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "RS256", "neither of RSA nor of"),
                Arguments.of("-----BEGIN PUBLIC KEY-----\nMIIB", "RS256", "neither a JWKS nor a \"BEGIN PUBLIC KEY\""),
                Arguments.of("/no/such/file.pem", "RS256", "no keys in /no/such/file.pem: "));
    }

    @ParameterizedTest
    @MethodSource("wrongKeys")
    void keys_wrong_stopTheStartAndNameTheSetting(String keys, String algorithm, String fault) {
        TokenSettings settings = settings(keys, algorithm);
        assertThatThrownBy(() -> verifier(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("stompline.token.keys: no keys in ")
                .hasMessageContaining(fault)
                .hasMessageNotContaining("secret\"");
    }

    @Test
    void credentials_textForm_hasNoToken() {
        assertThat(new Credentials.Token("eyJ")).hasToString("token");
    }
}
