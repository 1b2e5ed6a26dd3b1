package io.stompline.gateway;

import io.stompline.security.Credentials;
import io.stompline.security.container.RequestUser;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The user that the container authenticated at the handshake, with what the container knows of its roles. A
 * principal, so that a transport may have it as that of its own session.
 *
 * @param login for the STOMP session
 * @param session in which the user logged in; empty if there is none, as with HTTP Basic
 * @param known when the container was asked: a logout from then on may have been missed
 */
public record HandshakePrincipal(Credentials.ContainerCaller login, Optional<HttpSession> session, Instant known)
        implements Principal {
    @Override
    public String getName() {
        return login.caller().name();
    }

    /**
     * The user of a request, if the container knows one.
     *
     * @param security knows the groups; empty if the server has no Jakarta Security
     * @param named roles that rules or handlers name
     * @param foreignPage whether a web page of another origin asks
     */
    public static Optional<HandshakePrincipal> of(
            HttpServletRequest request, Optional<SecurityContext> security, Set<String> named, boolean foreignPage) {
        // A logout while the roles are asked for is one after that.
        Instant asked = Instant.now();
        return RequestUser.of(request, security, named)
                .map(caller -> new HandshakePrincipal(
                        new Credentials.ContainerCaller(caller, foreignPage),
                        Optional.ofNullable(request.getSession(false)),
                        asked));
    }
}
