package io.stompline.jms.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenMqDialectTest {
    private final OpenMqDialect dialect = new OpenMqDialect();

    @Test
    void canHold_asciiLocale_knowsWhichNamesItWouldMixUp() {
        assertThat(OpenMqDialect.canHold(StandardCharsets.US_ASCII, "日本")).isFalse();
        assertThat(OpenMqDialect.canHold(StandardCharsets.US_ASCII, "a$002db")).isTrue();
        assertThat(OpenMqDialect.canHold(StandardCharsets.UTF_8, "日本")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a LIKE",
                "a like ",
                "a LIKE b",
                "a IN",
                "NOT in 'x'",
                "a LIKE 'x' ESCAPE",
                "a = 1 OR AND OR b = 2"
            })
    void selectorFault_operatorWithoutOperand(String selector) {
        assertThat(dialect.selectorFault(selector)).contains("an operator of the selector lacks an operand");
    }
}
