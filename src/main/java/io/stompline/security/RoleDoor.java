package io.stompline.security;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;

/** Who may see the numbers of this server: callers with one role, by HTTP Basic (RFC 7617). Thread-safe. */
public final class RoleDoor {
    private static final String SCHEME = "Basic ";

    /** Checking a passcode is slow on purpose. */
    private static final int CHECKS_AT_A_TIME = 4;

    private final Access access;
    private final Optional<String> role;
    private final Semaphore checks = new Semaphore(CHECKS_AT_A_TIME);

    /**
     * A door.
     *
     * @param role the role that opens it; without one it is not there for anybody
     */
    public RoleDoor(Access access, Optional<String> role) {
        this.access = access;
        this.role = role;
    }

    /**
     * Decides on a request. May wait for the identity store.
     *
     * @param authorization the header of that name
     * @param address the client's
     * @return the HTTP status with which it is refused, if it is
     */
    public OptionalInt refusal(Optional<String> authorization, String address) {
        if (role.isEmpty()) {
            return OptionalInt.of(HttpServletResponse.SC_NOT_FOUND);
        }
        if (!checks.tryAcquire()) {
            return OptionalInt.of(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
        try {
            Optional<Caller> caller = authorization.flatMap(header -> authenticate(header, address));
            if (caller.isEmpty()) {
                return OptionalInt.of(HttpServletResponse.SC_UNAUTHORIZED);
            }
            return caller.get().groups().contains(role.get())
                    ? OptionalInt.empty()
                    : OptionalInt.of(HttpServletResponse.SC_FORBIDDEN);
        } finally {
            checks.release();
        }
    }

    private Optional<Caller> authenticate(String header, String address) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String credentials = decoded(header.substring(SCHEME.length()).strip());
        int colon = credentials.indexOf(':');
        if (colon <= 0) {
            return Optional.empty();
        }
        Credentials passcode =
                new Credentials.Passcode(credentials.substring(0, colon), credentials.substring(colon + 1));
        return access.authenticate(passcode, address).accepted();
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
