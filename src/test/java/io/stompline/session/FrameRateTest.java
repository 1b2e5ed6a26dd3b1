package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FrameRateTest {
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void lets2SecondsWorthThroughAndThenSoManyASecond() {
        FrameRate rate = new FrameRate(10, nanos::get);
        assertThat(taken(rate)).isEqualTo(20);
        assertThat(rate.isOpen()).isFalse();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(300));
        assertThat(taken(rate)).isEqualTo(3);
    }

    @Test
    void hasNoLimitAtZero() {
        FrameRate rate = new FrameRate(0, nanos::get);
        for (int i = 0; i < 1_000; i++) {
            assertThat(rate.tryTake()).isTrue();
        }
    }

    private static int taken(FrameRate rate) {
        int count = 0;
        while (rate.tryTake()) {
            count++;
        }
        return count;
    }
}
