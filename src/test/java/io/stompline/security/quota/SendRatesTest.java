package io.stompline.security.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SendRatesTest {
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void rate_isOneForAllConnectionsOfAUser() {
        SendRates rates = new SendRates(2, 0, nanos::get);
        for (int i = 0; i < 4; i++) {
            assertThat(rates.of("ann").tryTake(1)).as("send %d", i).isTrue();
        }
        assertThat(rates.of("ann").tryTake(1)).isFalse();
        assertThat(rates.of("bob").tryTake(1)).isTrue();
        nanos.addAndGet(Duration.ofMillis(500).toNanos());
        assertThat(rates.of("ann").tryTake(1)).isTrue();
    }

    @Test
    void rate_ofBytes_letsALargeOneThroughAndThenWaits() {
        SendRate rate = new SendRates(0, 1_000, nanos::get).of("ann");
        assertThat(rate.tryTake(5_000)).isTrue();
        assertThat(rate.isOpen()).isFalse();
        nanos.addAndGet(Duration.ofMillis(3_001).toNanos());
        assertThat(rate.isOpen()).isTrue();
        assertThat(rate.tryTake(0)).isTrue();
    }
}
