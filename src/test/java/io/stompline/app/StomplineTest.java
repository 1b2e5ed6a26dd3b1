package io.stompline.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.LogLines;
import io.stompline.config.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StomplineTest {
    @Test
    void start_log_saysWhichRulesOfTopicsHold() {
        assertThat(lines(Map.of(
                        "stompline.history", "/topic/chat/** 100 5m, /user/** 20 10m",
                        "stompline.last-value", "/topic/prices/* ttl=5m",
                        "stompline.presence", "/topic/rooms/**",
                        "stompline.inbox.data-source", "jdbc/app",
                        "stompline.slow", "/topic/prices/** latest")))
                .containsExactly(
                        "History (stompline.history): /topic/chat/** 100 5m, /user/** 20 10m",
                        "Last values (stompline.last-value): /topic/prices/* ttl=5m",
                        "Presence (stompline.presence): /topic/rooms/**",
                        "Kept messages (stompline.inbox.data-source): jdbc/app",
                        "Slow clients (stompline.slow): /topic/prices/** latest");
    }

    @Test
    void start_logWithoutSuchRules_saysThatThereAreNone() {
        assertThat(lines(Map.of()))
                .containsExactly(
                        "History (stompline.history): no rule, nothing is kept",
                        "Last values (stompline.last-value): no rule, none is kept",
                        "Presence (stompline.presence): no rule, nobody is told who is there",
                        "Kept messages (stompline.inbox.data-source): no data source, none is kept",
                        "Slow clients (stompline.slow): no rule, their connection ends");
    }

    private static Iterable<String> lines(Map<String, String> settings) {
        try (LogLines log = new LogLines(Stompline.class)) {
            Stompline.tellRules(new Settings(key -> Optional.ofNullable(settings.get(key))));
            return log.all();
        }
    }
}
