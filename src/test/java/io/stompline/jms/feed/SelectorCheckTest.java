package io.stompline.jms.feed;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorCheckTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = 'b'",
                "(a = 1 OR b = 2) AND c LIKE '%x%'",
                "a = 'it''s (here'",
                "a LIKE '%(%'",
                "a like'x%' escape '!' OR b NOT IN('in', 'a LIKE')",
                "likely = 1 AND in$ = 2 AND x.in = 3 AND or_ = 4 OR NOT inä = 5"
            })
    void lets(String selector) {
        assertThatCode(() -> SelectorCheck.check(selector)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a = 1) OR (b = 2", "(a = 1", "a = 'open", "", " ", "a LIKE '%a%a%a%a%a%a%a%a%b'"})
    void refuses(String selector) {
        assertThatThrownBy(() -> SelectorCheck.check(selector))
                .isInstanceOfSatisfying(
                        BusException.class,
                        e -> Assertions.assertThat(e.reason()).isEqualTo(Reason.BAD_SELECTOR));
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
    void refusesOperatorsWithoutOperands(String selector) {
        refuses(selector);
    }

    @Test
    void refusesAParenthesisBomb() {
        String bomb = "(".repeat(500) + "a = 1" + ")".repeat(500);
        assertThatThrownBy(() -> SelectorCheck.check(bomb)).isInstanceOf(BusException.class);
    }
}
