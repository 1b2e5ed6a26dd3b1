package io.stompline.jms.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackOffTest {
    @Test
    void backOff_failures_doubleThePauseUpToTheMaximum() {
        BackOff backOff = new BackOff(Duration.ofMillis(10), Duration.ofMillis(50), bound -> bound - 1);
        assertThat(LongStream.generate(() -> backOff.next().toMillis()).limit(5))
                .containsExactly(10L, 20L, 40L, 50L, 50L);
    }

    @Test
    void backOff_pause_isARandomPart() {
        BackOff backOff = new BackOff(Duration.ofMillis(10), Duration.ofMillis(50), bound -> bound / 2);
        assertThat(LongStream.generate(() -> backOff.next().toMillis()).limit(3))
                .containsExactly(5L, 10L, 20L);
    }

    @Test
    void backOff_reset_beginsAnew() {
        BackOff backOff = new BackOff(Duration.ofMillis(10), Duration.ofMillis(50), bound -> bound - 1);
        backOff.next();
        backOff.next();
        backOff.reset();
        assertThat(backOff.next()).isEqualTo(Duration.ofMillis(10));
    }
}
