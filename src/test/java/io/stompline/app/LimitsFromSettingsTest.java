package io.stompline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.config.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LimitsFromSettingsTest {
    @Test
    void takesHeartBeatsThatCanBeKept() {
        Settings settings = shortestBeat("500");
        assertThat(LimitsFromSettings.read(settings).beats().shortest()).isEqualTo(Duration.ofMillis(500));
        settings.check();
    }

    @Test
    void refusesToPromiseHeartBeatsMoreOftenThanItLooks() {
        Settings settings = shortestBeat("499");
        LimitsFromSettings.read(settings);
        assertThatThrownBy(settings::check)
                .hasMessageContaining("stompline.heart-beat.shortest")
                .hasMessageContaining("from 500 ms to 365 days");
    }

    private static Settings shortestBeat(String value) {
        Map<String, String> values = Map.of("stompline.heart-beat.shortest", value);
        return new Settings(key -> Optional.ofNullable(values.get(key)));
    }
}
