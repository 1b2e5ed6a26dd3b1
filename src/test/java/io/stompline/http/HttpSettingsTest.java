package io.stompline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.config.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpSettingsTest {
    @Test
    void fallback_byDefault_isOffered() {
        assertThat(HttpSettings.from(settings(Map.of())).offered()).isTrue();
        assertThat(HttpSettings.from(settings(Map.of("stompline.http-fallback", "off")))
                        .offered())
                .isFalse();
    }

    @Test
    void fallback_anotherWord_isAFault() {
        Settings settings = settings(Map.of("stompline.http-fallback", "maybe"));
        HttpSettings.from(settings);
        assertThatThrownBy(settings::check).hasMessageContaining("stompline.http-fallback must be on or off");
    }

    @Test
    void body_limit_isALittleMoreThanTheLargestFrame() {
        HttpSettings limits = HttpSettings.from(settings(Map.of("stompline.frame.max-bytes", "100000")));
        assertThat(limits.maxBodyBytes()).isEqualTo(104_096);
        assertThat(limits.maxConnectBytes()).isEqualTo(16 * 1024);
    }

    private static Settings settings(Map<String, String> given) {
        return new Settings(key -> Optional.ofNullable(given.get(key)));
    }
}
