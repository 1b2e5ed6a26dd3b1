package io.stompline.security.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.routing.BrokerStore;
import io.stompline.routing.FakeStore;
import org.junit.jupiter.api.Test;

class DurableQuotaTest {
    @Test
    void quota_durableOfAUser_isLimited() {
        DurableQuota quota = new DurableQuota(2, BrokerStore.UNKNOWN);
        assertThat(quota.take("ann//a")).isPresent();
        assertThat(quota.take("ann/c/a")).isPresent();
        assertThat(quota.take("ann//b")).isEmpty();
        assertThat(quota.take("ann//a")).as("the same again").isPresent();
        assertThat(quota.take("anna//b")).isPresent();
        quota.forget("ann//a");
        assertThat(quota.take("ann//b")).isPresent();
    }

    @Test
    void quota_withdraw_givesBackNewOnesOnly() {
        DurableQuota quota = new DurableQuota(1, BrokerStore.UNKNOWN);
        quota.take("ann//a").orElseThrow().withdraw();
        assertThat(quota.take("ann//b")).isPresent();
        quota.take("ann//b").orElseThrow().withdraw();
        assertThat(quota.take("ann//a")).isEmpty();
    }

    @Test
    void quota_durableFromBeforeARestart_counts() {
        FakeStore store = new FakeStore();
        DurableQuota quota = new DurableQuota(2, store);
        store.durables("ann//a", "ann//b", "of another application");
        assertThat(quota.take("ann//c")).isEmpty();
        assertThat(quota.take("ann//b")).isPresent();
        assertThat(quota.take("bob//c")).isPresent();
    }

    @Test
    void quota_zero_isUnlimited() {
        DurableQuota quota = new DurableQuota(0, BrokerStore.UNKNOWN);
        for (int i = 0; i < 100; i++) {
            assertThat(quota.take("ann//" + i)).isPresent();
        }
    }
}
