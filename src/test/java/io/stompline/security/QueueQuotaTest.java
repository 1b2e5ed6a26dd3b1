package io.stompline.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueueQuotaTest {
    @Test
    void quota_differentQueuesOfAUser_areLimited() {
        QueueQuota quota = new QueueQuota(2);
        assertThat(quota.admits("ann", "a")).isTrue();
        assertThat(quota.admits("ann", "b")).isTrue();
        assertThat(quota.admits("ann", "c")).isFalse();
        assertThat(quota.admits("ann", "a")).isTrue();
        assertThat(quota.admits("bob", "c")).isTrue();
    }

    @Test
    void quota_zero_isUnlimited() {
        QueueQuota quota = new QueueQuota(0);
        for (int i = 0; i < 100; i++) {
            assertThat(quota.admits("ann", "q" + i)).isTrue();
        }
    }
}
