package io.stompline.security.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TopicQuotaTest {
    private final AtomicLong nanos = new AtomicLong();
    private final TopicQuota quota = new TopicQuota(2, nanos::get);

    @Test
    void quota_differentTopicsOfAUser_areLimited() {
        assertThat(quota.admits("ann", "a")).isTrue();
        assertThat(quota.admits("ann", "b")).isTrue();
        assertThat(quota.admits("ann", "c")).isFalse();
        assertThat(quota.admits("ann", "a")).isTrue();
        assertThat(quota.admits("bob", "c")).isTrue();
        assertThat(quota.maxPerUser()).isEqualTo(2);
    }

    @Test
    void quota_afterTwoMinutes_beginsAnew() {
        assertThat(quota.admits("ann", "a")).isTrue();
        nanos.addAndGet(Duration.ofMinutes(2).toNanos() - 1);
        assertThat(quota.admits("ann", "b")).isTrue();
        assertThat(quota.admits("ann", "c")).isFalse();
        nanos.incrementAndGet();
        assertThat(quota.admits("ann", "c")).isTrue();
        assertThat(quota.admits("ann", "d")).isTrue();
        assertThat(quota.admits("ann", "a")).isFalse();
    }

    @Test
    void quota_zero_isUnlimited() {
        TopicQuota none = new TopicQuota(0, nanos::get);
        for (int i = 0; i < 100; i++) {
            assertThat(none.admits("ann", "t" + i)).isTrue();
        }
    }
}
