package io.stompline.security.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

class RequestUserTest {
    private static final Instant END = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void user_ofATokenThatTheContainerChecked_endsWithIt() {
        assertThat(user(token("ann", Map.of("exp", END.getEpochSecond(), "sub", "4711"))))
                .contains(new Caller("ann", Set.of("managers"), Map.of("sub", "4711"), Optional.of(END)));
        assertThat(user(token("ann", Map.of("exp", END.getEpochSecond()))))
                .contains(new Caller("ann", Set.of("managers"), Map.of(), Optional.of(END)));
    }

    @Test
    void user_ofAnotherLogin_doesNotEnd() {
        assertThat(user(() -> "ann")).contains(new Caller("ann", Set.of("managers")));
        assertThat(user(() -> "")).isEmpty();
        assertThat(user(null)).isEmpty();
    }

    private static Optional<Caller> user(Principal principal) {
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                RequestUserTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) ->
                        method.getName().equals("isUserInRole") ? arguments[0].equals("managers") : principal);
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
