package io.stompline.e2e.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.stompline.security.token.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A provider of OpenID Connect whose user is logged in already and agrees to everything (authorization code flow). */
public final class OpenIdProvider implements AutoCloseable {
    private static final String CLIENT = "chat";
    private static final long LIFE_MILLIS = 60_000;

    private final RSAKey key = TestTokens.key("key");
    private final String user;
    private final HttpServer http;
    private volatile String nonce = "";

    /** @param user who is logged in there, with the group {@code chatter} */
    public OpenIdProvider(String user) {
        this.user = user;
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, metadata()));
        http.createContext("/keys", exchange -> answer(exchange, TestTokens.jwks(key.toPublicJWK())));
        http.createContext("/authorize", this::authorize);
        http.createContext("/token", exchange -> answer(exchange, tokens()));
        http.createContext("/userinfo", exchange -> answer(exchange, """
                {"sub": "id-of-%s", "preferred_username": "%s", "groups": ["chatter"]}""".formatted(user, user)));
        http.start();
    }

    /** Its address, which is its name, too. */
    public String address() {
        return "http://localhost:" + http.getAddress().getPort();
    }

    private String metadata() {
        return """
                {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
                 "userinfo_endpoint": "%1$s/userinfo", "jwks_uri": "%1$s/keys", "response_types_supported": ["code"],
                 "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"]}
                """.formatted(address());
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = Arrays.stream(
                        exchange.getRequestURI().getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
        nonce = asked.getOrDefault("nonce", "");
        exchange.getResponseHeaders()
                .add("Location", asked.get("redirect_uri") + "?code=a-code&state=" + asked.get("state"));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    @SuppressWarnings("JavaUtilDate") // of Nimbus
    private String tokens() {
        long now = System.currentTimeMillis();
        String idToken = TestTokens.signed(
                key,
                new JWTClaimsSet.Builder()
                        .issuer(address())
                        .audience(CLIENT)
                        .subject("id-of-" + user)
                        .claim("nonce", nonce)
                        .claim("preferred_username", user)
                        .claim("groups", List.of("chatter"))
                        .issueTime(new Date(now))
                        .expirationTime(new Date(now + LIFE_MILLIS))
                        .build());
        return """
                {"access_token": "opaque", "token_type": "Bearer", "expires_in": 60, "id_token": "%s"}
                """.formatted(idToken);
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        byte[] bytes = json.getBytes(UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
