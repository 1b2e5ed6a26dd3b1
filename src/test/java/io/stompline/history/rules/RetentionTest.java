package io.stompline.history.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {
    @Test
    void parse_countAndAge_areRead() {
        assertThat(read("100 5m")).contains(new Retention(100, Duration.ofMinutes(5)));
        assertThat(read("1 30s")).contains(new Retention(1, Duration.ofSeconds(30)));
        assertThat(read("100000 168h")).contains(new Retention(100_000, Duration.ofDays(7)));
        assertThat(read("1 7d")).contains(new Retention(1, Duration.ofDays(7)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "100", "5m 100", "0 5m", "100001 5m", "100 8d", "100 0s", "100 5", "100 5m x", "-1 5m"})
    void parse_anythingElse_isNone(String words) {
        assertThat(read(words)).isEmpty();
    }

    private static java.util.Optional<Retention> read(String words) {
        return Retention.parse(List.of(words.split(" ")));
    }
}
