package io.stompline.session.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutboxBudgetTest {
    private static final int FAIR_SHARE = 32 * 1024;

    private final OutboxBudget budget = new OutboxBudget(100_000);

    @Test
    void budget_notUsedUp_allowsEveryConnection() {
        budget.add(100_000);
        assertThat(budget.allows(90_000)).isTrue();
    }

    @Test
    void budget_usedUp_allowsOnlyTheFairShare() {
        budget.add(100_001);
        assertThat(budget.allows(FAIR_SHARE)).isTrue();
        assertThat(budget.allows(FAIR_SHARE + 1)).isFalse();
        budget.add(-1);
        assertThat(budget.allows(FAIR_SHARE + 1)).isTrue();
    }
}
