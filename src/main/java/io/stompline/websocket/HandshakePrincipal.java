package io.stompline.websocket;

import io.stompline.security.Caller;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.websocket.Session;
import java.security.Principal;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The user that the container authenticated at the handshake, with what the container knows of its roles. Goes from the
 * servlet request to the WebSocket session as its principal.
 *
 * @param caller for the STOMP session
 * @param session in which the user logged in; empty if there is none, as with HTTP Basic
 */
record HandshakePrincipal(Caller caller, Optional<HttpSession> session) implements Principal {
    @Override
    public String getName() {
        return caller.name();
    }

    /**
     * The user of a request, if the container knows one.
     *
     * @param security knows the groups; empty if the server has no Jakarta Security
     * @param named roles that rules or handlers name; the container says which of them the user has, because a server
     *     may map groups to roles
     */
    static Optional<Principal> of(HttpServletRequest request, Optional<SecurityContext> security, Set<String> named) {
        Principal user = request.getUserPrincipal();
        if (user == null || user.getName() == null || user.getName().isEmpty()) {
            return Optional.empty();
        }
        Set<String> roles =
                new HashSet<>(security.map(HandshakePrincipal::groups).orElse(Set.of()));
        named.stream().filter(request::isUserInRole).forEach(roles::add);
        return Optional.of(new HandshakePrincipal(
                new Caller(user.getName(), Set.copyOf(roles)), Optional.ofNullable(request.getSession(false))));
    }

    /** The user of a WebSocket whose handshake passed {@link #of}. */
    static Optional<HandshakePrincipal> of(Session webSocket) {
        return webSocket.getUserPrincipal() instanceof HandshakePrincipal known ? Optional.of(known) : Optional.empty();
    }

    /** Jakarta Security has no type for groups: Payara and GlassFish call theirs Group. */
    private static Set<String> groups(SecurityContext security) {
        Set<String> groups = new HashSet<>();
        for (Principal principal : security.getPrincipalsByType(Principal.class)) {
            if (principal.getClass().getSimpleName().equals("Group")) {
                groups.add(principal.getName());
            }
        }
        return groups;
    }
}
