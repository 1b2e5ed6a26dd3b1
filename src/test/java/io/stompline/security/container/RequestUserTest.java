package io.stompline.security.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.security.Caller;
import io.stompline.tls.TestCertificate;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestUserTest {
    private static final Instant END = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void user_ofATokenThatTheContainerChecked_endsWithIt() {
        assertThat(user(token("ann", Map.of("exp", END.getEpochSecond(), "sub", "4711"))))
                .contains(Caller.ofToken("ann", Set.of("managers"), Map.of("sub", "4711"), END));
        assertThat(user(token("ann", Map.of("exp", END.getEpochSecond()))))
                .contains(Caller.ofToken("ann", Set.of("managers"), Map.of(), END));
    }

    @Test
    void user_ofAnotherLogin_doesNotEnd() {
        assertThat(user(() -> "ann")).contains(new Caller("ann", Set.of("managers")));
        assertThat(user(() -> "")).isEmpty();
        assertThat(user(null)).isEmpty();
    }

    @Test
    void user_withTheCertificateOfAClient_endsWithIt(@TempDir Path directory) throws Exception {
        X509Certificate certificate =
                TestCertificate.make(directory, "ann", TestCertificate.EC).certificate();
        Instant end = certificate.getNotAfter().toInstant();
        assertThat(user(() -> "ann", HttpServletRequest.CLIENT_CERT_AUTH, new X509Certificate[] {certificate}))
                .contains(new Caller("ann", Set.of("managers"), Map.of(), Optional.of(end)));
        assertThat(user(() -> "ann", HttpServletRequest.BASIC_AUTH, new X509Certificate[] {certificate}))
                .contains(new Caller("ann", Set.of("managers")));
    }

    private static Optional<Caller> user(Principal principal) {
        return user(principal, HttpServletRequest.BASIC_AUTH, new X509Certificate[0]);
    }

    private static Optional<Caller> user(Principal principal, String way, X509Certificate[] chain) {
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                RequestUserTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "isUserInRole" -> arguments[0].equals("managers");
                    case "getAuthType" -> way;
                    case "getAttribute" -> chain;
                    default -> principal;
                });
        return RequestUser.of(request, Optional.empty(), Set.of("managers", "auditors"));
    }

    private static JsonWebToken token(String name, Map<String, Object> claims) {
        return new JsonWebToken() {
            @Override
            public String getName() {
                return name;
            }

            @Override
            public Set<String> getClaimNames() {
                return claims.keySet();
            }

            @Override
            @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
            public <T> T getClaim(String claim) {
                return (T) claims.get(claim);
            }
        };
    }
}
