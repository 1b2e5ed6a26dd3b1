package io.stompline.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginRuleTest {
    private final OriginRule rule = new OriginRule(List.of("https://shop.example"));

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, localhost:8080, false, true",
        "HTTP://LOCALHOST:8080, localhost:8080, false, true",
        "https://app.example, app.example, true, true",
        "https://shop.example, app.example, true, true",
        "http://app.example, app.example, true, false",
        "http://localhost:8081, localhost:8080, false, false",
        "http://localhost, localhost:8080, false, false",
        "null, localhost:8080, false, false",
        "https://shop.example.evil, app.example, true, false",
        "https://evil.shop.example, app.example, true, false",
        "https://app.example@evil.example, app.example, true, false"
    })
    void acceptsTheOwnOriginAndThoseConfigured(String origin, String host, boolean secure, boolean accepted) {
        assertThat(rule.accepts(Optional.of(origin), Optional.of(host), secure)).isEqualTo(accepted);
    }
}
