package io.stompline.security.container;

import io.stompline.security.Caller;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The user of an HTTP request, whom the container authenticated, with what it knows of the roles. */
public final class RequestUser {
    /** Attribute of a request (Jakarta Servlet 6.0, 3.10). */
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private RequestUser() {}

    /**
     * The user of a request, if the container knows one.
     *
     * @param security knows the groups; empty if the server has no Jakarta Security
     * @param named roles that rules or handlers name; the container says which of them the user has, because a server
     *     may map groups to roles
     */
    public static Optional<Caller> of(
            HttpServletRequest request, Optional<SecurityContext> security, Set<String> named) {
        Principal user = request.getUserPrincipal();
        if (user == null || user.getName() == null || user.getName().isEmpty()) {
            return Optional.empty();
        }
        Set<String> roles = new HashSet<>(security.map(RequestUser::groups).orElse(Set.of()));
        named.stream().filter(request::isUserInRole).forEach(roles::add);
        return Optional.of(
                user instanceof JsonWebToken token
                        ? Caller.ofToken(user.getName(), Set.copyOf(roles), subject(token), expiry(token))
                        : new Caller(user.getName(), Set.copyOf(roles), Map.of(), endOfCertificate(request)));
    }

    /** A TLS session, which is resumed without a look at the certificate, may outlive it. */
    private static Optional<Instant> endOfCertificate(HttpServletRequest request) {
        return HttpServletRequest.CLIENT_CERT_AUTH.equals(request.getAuthType())
                        && request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain
                        && chain.length > 0
                ? Optional.of(chain[0].getNotAfter().toInstant())
                : Optional.empty();
    }

    /** A token of MicroProfile JWT (2.1) that the container checked: its end is that of the connection. */
    private static Instant expiry(JsonWebToken token) {
        return Instant.ofEpochSecond(token.getExpirationTime());
    }

    private static Map<String, String> subject(JsonWebToken token) {
        return token.getSubject() == null ? Map.of() : Map.of("sub", token.getSubject());
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
