package io.stompline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.gateway.StopPlan.Turn;
import java.time.Duration;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopPlanTest {
    private static final LongUnaryOperator SOONEST = bound -> 0;
    private static final LongUnaryOperator LATEST = bound -> bound - 1;

    private final StopPlan plan = new StopPlan(Duration.ofSeconds(3));

    @Test
    void turns_manyConnections_areEvenWithinTheSpread() {
        List<Turn> turns = plan.turns(10_000, SOONEST);
        assertThat(turns).hasSize(10_000);
        for (int i = 0; i < turns.size(); i++) {
            assertThat(turns.get(i).after()).isEqualTo(Duration.ofNanos(i * 300_000L));
        }
    }

    @Test
    void turns_fewConnections_areTenInASecond() {
        assertThat(plan.turns(3, SOONEST))
                .extracting(Turn::after)
                .containsExactly(Duration.ZERO, Duration.ofMillis(100), Duration.ofMillis(200));
    }

    @Test
    void turns_noConnection_areNone() {
        assertThat(plan.turns(0, SOONEST)).isEmpty();
    }

    @Test
    void turns_withoutSpread_areAtOnceAndWithoutPatience() {
        StopPlan none = new StopPlan(Duration.ZERO);
        assertThat(none.turns(100, SOONEST)).extracting(Turn::after).containsOnly(Duration.ZERO);
        assertThat(none.patience()).isZero();
        assertThat(none.longest()).as("as long as a tick may take").isEqualTo(Duration.ofMillis(500));
    }

    @ParameterizedTest
    @CsvSource({"1, 1999", "199, 1999", "500, 5999", "100000, 30999"})
    void retries_ofSoManyConnections_areAHundredInASecondWithinHalfAMinute(int connections, long latestMillis) {
        assertThat(StopPlan.retryAfter(connections, SOONEST)).isEqualTo(Duration.ofSeconds(1));
        assertThat(StopPlan.retryAfter(connections, LATEST)).isEqualTo(Duration.ofMillis(latestMillis));
    }

    @ParameterizedTest
    @CsvSource({"500, 500, 1500", "3000, 2000, 5500", "60000, 2000, 62500"})
    void patience_isTheSpreadOrTwoSeconds(long spreadMillis, long patienceMillis, long longestMillis) {
        StopPlan spread = new StopPlan(Duration.ofMillis(spreadMillis));
        assertThat(spread.patience()).isEqualTo(Duration.ofMillis(patienceMillis));
        assertThat(spread.longest()).isEqualTo(Duration.ofMillis(longestMillis));
    }
}
