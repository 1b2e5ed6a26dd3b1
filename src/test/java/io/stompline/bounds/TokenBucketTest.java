package io.stompline.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void tryTake_burst_takes2SecondsWorthThenTheRate() {
        TokenBucket rate = new TokenBucket(10, nanos::get);
        assertThat(taken(rate)).isEqualTo(20);
        assertThat(rate.isOpen()).isFalse();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(300));
        assertThat(taken(rate)).isEqualTo(3);
    }

    @Test
    void tryTake_rateZero_isUnlimited() {
        TokenBucket rate = new TokenBucket(0, nanos::get);
        for (int i = 0; i < 1_000; i++) {
            assertThat(rate.tryTake()).isTrue();
        }
    }

    @Test
    void tryTake_moreThanThereAre_isPaidBackBeforeTheNext() {
        TokenBucket rate = new TokenBucket(10, nanos::get);
        assertThat(rate.tryTake(50)).isTrue();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(3));
        assertThat(rate.tryTake(1)).isFalse();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(rate.tryTake(1)).isTrue();
    }

    private static int taken(TokenBucket rate) {
        int count = 0;
        while (rate.tryTake()) {
            count++;
        }
        return count;
    }
}
