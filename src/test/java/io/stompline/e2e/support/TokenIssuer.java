package io.stompline.e2e.support;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.stompline.security.token.TestTokens;
import io.stompline.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider of OpenID Connect as far as this server knows one: shows its keys over HTTP, signs, rotates. Thread-safe. */
public final class TokenIssuer implements AutoCloseable {
    private final HttpServer http;
    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicInteger rotations = new AtomicInteger();
    private volatile RSAKey key = TestTokens.key("key-0");
    private volatile String shown = TestTokens.jwks(key);

    public TokenIssuer() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/jwks", this::showKeys);
        http.start();
    }

    private void showKeys(HttpExchange exchange) throws IOException {
        fetches.incrementAndGet();
        byte[] keys = shown.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, keys.length);
        exchange.getResponseBody().write(keys);
        exchange.close();
    }

    /** Lets a server take the tokens of this issuer. */
    public Server.Builder trustedBy(Server.Builder server) {
        return server.with("stompline.token.keys", keys())
                .with("stompline.token.issuer", TestTokens.ISSUER)
                .with("stompline.token.audience", TestTokens.AUDIENCE)
                .with("stompline.token.roles", "realm_access/roles");
    }

    /** Where the keys are. */
    public String keys() {
        return "http://localhost:" + http.getAddress().getPort() + "/jwks";
    }

    /** How often they were fetched. */
    public int fetches() {
        return fetches.get();
    }

    /** Signs with a new key from now on, and shows both. */
    public void rotate() {
        RSAKey old = key;
        key = TestTokens.key("key-" + rotations.incrementAndGet());
        shown = TestTokens.jwks(key, old);
    }

    /** A token of a user with roles. */
    public String token(String user, Duration life, String... roles) {
        return signed(claims(user, life, roles).build());
    }

    /** Claims to which others may be added. */
    public JWTClaimsSet.Builder claims(String user, Duration life, String... roles) {
        return TestTokens.claims(user, Instant.now().plus(life)).claim("realm_access", Map.of("roles", roles));
    }

    /** A token with these claims. */
    public String signed(JWTClaimsSet claims) {
        return TestTokens.signed(key, claims);
    }

    /** A token whose key the issuer does not have. */
    public static String forged(String keyId, JWTClaimsSet claims) {
        return TestTokens.signed(TestTokens.key(keyId), claims);
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
