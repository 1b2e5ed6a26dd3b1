package io.stompline.security;

import io.stompline.config.Setting;
import io.stompline.security.audit.Audit;
import io.stompline.security.audit.Refused;
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
    private final Audit audit;
    private final Semaphore checks = new Semaphore(CHECKS_AT_A_TIME);

    /**
     * A door.
     *
     * @param role the role that opens it; without one it is not there for anybody
     * @param audit tells who was refused
     */
    public RoleDoor(Access access, Optional<String> role, Audit audit) {
        this.access = access;
        this.role = role;
        this.audit = audit;
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
            return authorization.isPresent()
                    ? refusal(authorization.get(), address)
                    : OptionalInt.of(HttpServletResponse.SC_UNAUTHORIZED);
        } finally {
            checks.release();
        }
    }

    private OptionalInt refusal(String header, String address) {
        Optional<Credentials.Passcode> shown = passcode(header);
        if (shown.isEmpty()) {
            tell(Optional.empty(), address, "the header Authorization has no login and passcode of HTTP Basic");
            return OptionalInt.of(HttpServletResponse.SC_UNAUTHORIZED);
        }
        Authentication outcome = access.authenticate(shown.get(), address);
        if (outcome instanceof Authentication.Refused refused) {
            tell(shown.get().user(), address, refused.detail());
            return OptionalInt.of(HttpServletResponse.SC_UNAUTHORIZED);
        }
        Optional<Caller> caller = outcome.accepted();
        if (caller.filter(known -> known.groups().contains(role.orElseThrow())).isPresent()) {
            return OptionalInt.empty();
        }
        tell(shown.get().user(), address, "the user has not the role of " + Setting.METRICS_ROLE.key());
        return OptionalInt.of(HttpServletResponse.SC_FORBIDDEN);
    }

    private void tell(Optional<String> user, String address, String reason) {
        audit.refused(new Refused(Refused.What.METRICS, "", address, user, reason));
    }

    private static Optional<Credentials.Passcode> passcode(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String credentials = decoded(header.substring(SCHEME.length()).strip());
        int colon = credentials.indexOf(':');
        return colon <= 0
                ? Optional.empty()
                : Optional.of(
                        new Credentials.Passcode(credentials.substring(0, colon), credentials.substring(colon + 1)));
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
