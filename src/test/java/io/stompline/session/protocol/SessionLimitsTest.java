package io.stompline.session.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.config.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionLimitsTest {
    @Test
    void heartBeat_shortest_takesWhatCanBeKept() {
        Settings settings = shortestBeat("500");
        assertThat(SessionLimits.from(settings).beats().shortest()).isEqualTo(Duration.ofMillis(500));
        settings.check();
    }

    @Test
    void heartBeat_shortest_refusesMoreOftenThanItLooks() {
        Settings settings = shortestBeat("499");
        SessionLimits.from(settings);
        assertThatThrownBy(settings::check)
                .hasMessageContaining("stompline.heart-beat.shortest")
                .hasMessageContaining("from 500 ms to 365 days");
    }

    private static Settings shortestBeat(String value) {
        Map<String, String> values = Map.of("stompline.heart-beat.shortest", value);
        return new Settings(key -> Optional.ofNullable(values.get(key)));
    }
}
