package io.stompline.security;

import io.stompline.config.Setting;
import io.stompline.config.Settings;
import io.stompline.security.proxy.AddressRange;
import io.stompline.security.proxy.TrustedProxies;
import io.stompline.security.quota.QuotaSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The settings of this package.
 *
 * @param admission how many connections and handshakes there may be
 * @param allowedOrigins web pages that may connect, besides those of this host
 * @param proxies proxies whose forwarding headers are trusted
 * @param ways ways to log in that are open
 * @param loginLimits wrong passcodes after which further ones are refused
 * @param maxQueuesPerUser different queues that a user may send to
 * @param quotas limits of one user
 * @param pageRoles role that may see a page that is not for everybody
 */
public record SecuritySettings(
        Admission.Limits admission,
        List<AllowedOrigin> allowedOrigins,
        TrustedProxies proxies,
        Set<Credentials.Way> ways,
        LoginThrottle.Limits loginLimits,
        int maxQueuesPerUser,
        QuotaSettings quotas,
        Map<RoleDoor.Page, String> pageRoles) {
    /** As the settings say. */
    public static SecuritySettings from(Settings settings) {
        return new SecuritySettings(
                Admission.Limits.from(settings),
                settings.list(Setting.ALLOWED_ORIGINS, AllowedOrigin::of, AllowedOrigin.EXAMPLES),
                new TrustedProxies(settings.list(Setting.PROXIES, AddressRange::of, AddressRange.EXAMPLES)),
                Credentials.Way.from(settings),
                new LoginThrottle.Limits(
                        settings.number(Setting.LOGIN_MAX_FAILURES),
                        settings.number(Setting.LOGIN_MAX_FAILURES_PER_ADDRESS),
                        settings.time(Setting.LOGIN_LOCK_TIME)),
                settings.number(Setting.QUEUE_MAX_PER_USER),
                QuotaSettings.from(settings),
                RoleDoor.Page.roles(settings));
    }
}
