package io.stompline.jms.feed;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.jms.provider.OpenMqDialect;
import io.stompline.jms.provider.ProviderDialect;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorCheckTest {
    private static final ProviderDialect OPEN_MQ = new OpenMqDialect();

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
    void selector_wellFormed_isAccepted(String selector) {
        assertThatCode(() -> SelectorCheck.check(selector, OPEN_MQ)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a = 1) OR (b = 2", "(a = 1", "a = 'open", "", " ", "a LIKE '%a%a%a%a%a%a%a%a%b'", "a LIKE"})
    void selector_malformed_isRefused(String selector) {
        assertThatThrownBy(() -> SelectorCheck.check(selector, OPEN_MQ))
                .isInstanceOfSatisfying(
                        BusException.class,
                        e -> Assertions.assertThat(e.reason()).isEqualTo(Reason.BAD_SELECTOR));
    }

    @Test
    void selector_manyParentheses_isRefused() {
        String bomb = "(".repeat(500) + "a = 1" + ")".repeat(500);
        assertThatThrownBy(() -> SelectorCheck.check(bomb, OPEN_MQ)).isInstanceOf(BusException.class);
    }
}
