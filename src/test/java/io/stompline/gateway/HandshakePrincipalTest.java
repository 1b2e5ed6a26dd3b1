package io.stompline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HandshakePrincipalTest {
    /** When the user logged out, on another thread as it were. */
    private Instant loggedOut = Instant.MIN;

    @Test
    void known_logoutWhileTheRolesAreAskedFor_isNotBeforeIt() {
        HandshakePrincipal known = HandshakePrincipal.of(request(), Optional.empty(), Set.of("managers"), false)
                .orElseThrow();
        assertThat(known.known()).isBeforeOrEqualTo(loggedOut);
    }

    private HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                HandshakePrincipalTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getUserPrincipal" -> (Principal) () -> "ann";
                    case "isUserInRole" -> {
                        loggedOut = Instant.now();
                        yield true;
                    }
                    default -> null;
                });
    }
}
