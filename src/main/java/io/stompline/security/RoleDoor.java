package io.stompline.security;

import io.stompline.config.Setting;
import io.stompline.config.Settings;
import io.stompline.security.audit.Audit;
import io.stompline.security.audit.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;

/** Shows pages that are not for everybody to callers with a role, by HTTP Basic (RFC 7617). Thread-safe. */
public final class RoleDoor {
    /** The pages. */
    public enum Page {
        /** The numbers of this server. */
        METRICS(Setting.METRICS_ROLE, Refused.What.METRICS, "metrics"),
        /** The description of the application for clients. */
        ASYNCAPI(Setting.ASYNCAPI_ROLE, Refused.What.ASYNCAPI, "asyncapi");

        private final Setting setting;
        private final Refused.What what;
        private final String realm;

        Page(Setting setting, Refused.What what, String realm) {
            this.setting = setting;
            this.what = what;
            this.realm = realm;
        }

        /** The roles that the settings name. */
        static Map<Page, String> roles(Settings settings) {
            Map<Page, String> roles = new EnumMap<>(Page.class);
            for (Page page : values()) {
                settings.text(page.setting).ifPresent(role -> roles.put(page, role));
            }
            return roles;
        }
    }

    private static final String SCHEME = "Basic ";

    /** Checking a passcode is slow on purpose. */
    private static final int CHECKS_AT_A_TIME = 4;

    private final Access access;
    private final Map<Page, String> roles;
    private final Audit audit;
    private final Semaphore checks = new Semaphore(CHECKS_AT_A_TIME);

    /**
     * A door.
     *
     * @param roles the role that opens a page; a page without one is not there for anybody
     * @param audit tells who was refused
     */
    public RoleDoor(Access access, Map<Page, String> roles, Audit audit) {
        this.access = access;
        this.roles = Map.copyOf(roles);
        this.audit = audit;
    }

    /**
     * Decides on a request, and answers it if it is refused. May wait for the identity store.
     *
     * @param address the client's
     * @return whether the caller may see the page
     */
    public boolean opens(Page page, HttpServletRequest request, HttpServletResponse response, String address)
            throws IOException {
        OptionalInt refusal = refusal(page, Optional.ofNullable(request.getHeader("Authorization")), address);
        if (refusal.isEmpty()) {
            return true;
        }
        if (refusal.getAsInt() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"" + page.realm + "\", charset=\"UTF-8\"");
        }
        response.sendError(refusal.getAsInt());
        return false;
    }

    /**
     * Decides on a request. May wait for the identity store.
     *
     * @param authorization the header of that name
     * @param address the client's
     * @return the HTTP status with which it is refused, if it is
     */
    OptionalInt refusal(Page page, Optional<String> authorization, String address) {
        if (!roles.containsKey(page)) {
            return OptionalInt.of(HttpServletResponse.SC_NOT_FOUND);
        }
        if (!checks.tryAcquire()) {
            return OptionalInt.of(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
        try {
            return authorization.isPresent()
                    ? refusal(page, authorization.get(), address)
                    : OptionalInt.of(HttpServletResponse.SC_UNAUTHORIZED);
        } finally {
            checks.release();
        }
    }

    private OptionalInt refusal(Page page, String header, String address) {
        Optional<Credentials.Passcode> shown = passcode(header);
        if (shown.isEmpty()) {
            tell(page, Optional.empty(), address, "the header Authorization has no login and passcode of HTTP Basic");
            return OptionalInt.of(HttpServletResponse.SC_UNAUTHORIZED);
        }
        Authentication outcome = access.authenticate(shown.get(), address);
        if (outcome instanceof Authentication.Refused refused) {
            tell(page, shown.get().user(), address, refused.detail());
            return OptionalInt.of(HttpServletResponse.SC_UNAUTHORIZED);
        }
        Optional<Caller> caller = outcome.accepted();
        if (caller.filter(known -> known.groups().contains(roles.get(page))).isPresent()) {
            return OptionalInt.empty();
        }
        tell(page, shown.get().user(), address, "the user has not the role of " + page.setting.key());
        return OptionalInt.of(HttpServletResponse.SC_FORBIDDEN);
    }

    private void tell(Page page, Optional<String> user, String address, String reason) {
        audit.refused(new Refused(page.what, "", address, user, reason));
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
