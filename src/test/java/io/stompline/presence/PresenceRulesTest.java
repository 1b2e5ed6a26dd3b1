package io.stompline.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.config.Settings;
import io.stompline.routing.Destination;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresenceRulesTest {
    private static PresenceRules rules(String value) {
        Settings settings = new Settings(
                key -> Optional.ofNullable(Map.of("stompline.presence", value).get(key)));
        PresenceRules rules = PresenceRules.from(settings);
        settings.check();
        return rules;
    }

    @Test
    void rules_patterns_coverTopicsAlone() {
        PresenceRules rules = rules("/topic/rooms/**, /topic/lobby");
        assertThat(rules.cover(Destination.topic("rooms/1/2"))).isTrue();
        assertThat(rules.cover(Destination.topic("lobby"))).isTrue();
        assertThat(rules.cover(Destination.topic("other"))).isFalse();
        assertThat(rules.cover(Destination.topic("rooms/*"))).isFalse();
        assertThat(rules.cover(Destination.queue("rooms/1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/user/**", "/queue/a", "rooms", "/topic/rooms/** 100", "/topic/stompline/nodes"})
    void rules_others_areRefusedWithTheSetting(String value) {
        assertThatThrownBy(() -> rules(value))
                .hasMessageContaining("stompline.presence must be patterns of topics such as /topic/rooms/**");
    }
}
