package io.stompline.security;

import io.stompline.config.Setting;
import io.stompline.config.Settings;
import io.stompline.security.proxy.AddressRange;
import io.stompline.security.proxy.TrustedProxies;
import io.stompline.security.quota.QuotaSettings;
import java.util.List;
import java.util.Map;

/**
 * The settings of this package.
 *
 * @param admission how many connections and handshakes there may be
 * @param allowedOrigins web pages that may connect, besides those of this host
 * @param proxies proxies whose forwarding headers are trusted
 * @param logins how callers may log in
 * @param maxQueuesPerUser different queues that a user may send to
 * @param quotas limits of one user
 * @param pageRoles role that may see a page that is not for everybody
 */
public record SecuritySettings(
        Admission.Limits admission,
        List<AllowedOrigin> allowedOrigins,
        TrustedProxies proxies,
        Access.Logins logins,
        int maxQueuesPerUser,
        QuotaSettings quotas,
        Map<RoleDoor.Page, String> pageRoles) {
    /** As the settings say. */
    public static SecuritySettings from(Settings settings) {
        return new SecuritySettings(
                Admission.Limits.from(settings),
                settings.list(Setting.ALLOWED_ORIGINS, AllowedOrigin::of, AllowedOrigin.EXAMPLES),
                new TrustedProxies(settings.list(Setting.PROXIES, AddressRange::of, AddressRange.EXAMPLES)),
                Access.Logins.from(settings),
                settings.number(Setting.QUEUE_MAX_PER_USER),
                QuotaSettings.from(settings),
                RoleDoor.Page.roles(settings));
    }
}
