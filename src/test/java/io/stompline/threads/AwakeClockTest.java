package io.stompline.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.session.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AwakeClockTest {
    private final ManualClock real = new ManualClock();
    private final AwakeClock clock = new AwakeClock(real, Duration.ofSeconds(2));
    private final long start = clock.getAsLong();

    @Test
    void clock_regularTicks_followsTime() {
        for (int i = 1; i <= 3; i++) {
            real.pass(Duration.ofSeconds(2));
            assertThat(seconds()).isEqualTo(2L * i);
            assertThat(clock.tick()).as("stood still").isFalse();
            assertThat(seconds()).isEqualTo(2L * i);
        }
    }

    @Test
    void clock_processStoodStill_advancesOneTickAtMost() {
        real.pass(Duration.ofMinutes(5));
        assertThat(seconds()).as("before anybody noticed").isEqualTo(2);
        assertThat(clock.tick()).as("stood still").isTrue();
        assertThat(seconds()).isEqualTo(2);
        real.pass(Duration.ofSeconds(1));
        assertThat(seconds()).isEqualTo(3);
        assertThat(clock.tick()).as("stood still").isFalse();
    }

    private long seconds() {
        return Duration.ofNanos(clock.getAsLong() - start).toSeconds();
    }
}
