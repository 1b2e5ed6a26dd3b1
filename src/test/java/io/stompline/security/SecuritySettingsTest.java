package io.stompline.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.config.Settings;
import io.stompline.security.quota.QuotaSettings;
import io.stompline.security.rules.RuleSettings;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecuritySettingsTest {
    private static Settings settings(Map<String, String> set) {
        return new Settings(key -> Optional.ofNullable(set.get(key.replaceFirst("^stompline\\.", ""))));
    }

    @Test
    void security_defaults_limitConnectionsLoginsAndQueues() {
        SecuritySettings defaults = SecuritySettings.from(settings(Map.of()));
        assertThat(defaults.admission()).isEqualTo(new Admission.Limits(20_000, 0, 100, 0, 0));
        assertThat(defaults.allowedOrigins()).isEmpty();
        assertThat(defaults.logins().ways()).isEqualTo(EnumSet.allOf(Credentials.Way.class));
        assertThat(defaults.logins().limits()).isEqualTo(new LoginThrottle.Limits(5, 50, Duration.ofMinutes(1)));
        assertThat(defaults.maxQueuesPerUser()).isEqualTo(1_000);
        assertThat(defaults.quotas()).isEqualTo(new QuotaSettings(100_000, 64 << 20, 64 << 20, 80, 10, 10_000));
        assertThat(defaults.pageRoles()).isEmpty();
    }

    @Test
    void security_eachNumber_comesFromItsSetting() {
        SecuritySettings read = SecuritySettings.from(settings(Map.of(
                "connections.max", "11",
                "connections.max-per-address", "12",
                "connections.max-per-user", "13",
                "handshakes.max-per-second", "14",
                "handshakes.max-per-address-per-second", "15",
                "login.max-failures", "16",
                "login.max-failures-per-address", "17",
                "login.lock-time", "PT18S",
                "queue.max-per-user", "19",
                "metrics.role", "watchers")));
        assertThat(read.admission()).isEqualTo(new Admission.Limits(11, 12, 13, 14, 15));
        assertThat(read.logins().limits()).isEqualTo(new LoginThrottle.Limits(16, 17, Duration.ofSeconds(18)));
        assertThat(read.maxQueuesPerUser()).isEqualTo(19);
        assertThat(read.pageRoles()).containsEntry(RoleDoor.Page.METRICS, "watchers");
        assertThat(QuotaSettings.from(settings(Map.of(
                        "send.max-per-user-per-second", "21",
                        "send.max-bytes-per-user-per-second", "22",
                        "queue.max-bytes-per-user", "23",
                        "queue.max-broker-percent", "24",
                        "durable.max-per-user", "25",
                        "topic.max-per-user", "26"))))
                .isEqualTo(new QuotaSettings(21, 22, 23, 24, 25, 26));
        assertThat(RuleSettings.from(settings(Map.of("rules.file", "my.rules", "rules.required", "true"))))
                .isEqualTo(new RuleSettings(Optional.of("my.rules"), true));
    }

    @Test
    void security_lists_areReadOrNamed() {
        SecuritySettings read = SecuritySettings.from(settings(Map.of(
                "login.ways", "token,container",
                "allowed-origins", "https://shop.example")));
        assertThat(read.logins().ways()).containsExactlyInAnyOrder(Credentials.Way.TOKEN, Credentials.Way.CONTAINER);
        assertThat(read.allowedOrigins())
                .containsExactly(AllowedOrigin.of("https://shop.example").orElseThrow());

        Settings faulty = settings(Map.of("login.ways", "token,tickets", "allowed-origins", "shop", "proxies", "ten"));
        assertThatCode(() -> SecuritySettings.from(faulty)).doesNotThrowAnyException();
        assertThatThrownBy(faulty::check)
                .hasMessageContaining("stompline.login.ways must be")
                .hasMessageContaining("token, ticket, passcode or container")
                .hasMessageContaining("stompline.allowed-origins must be")
                .hasMessageContaining("stompline.proxies must be");
    }
}
