package io.stompline.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private final AtomicLong nanos = new AtomicLong();
    private final LoginThrottle throttle = new LoginThrottle(2, Duration.ofSeconds(60), nanos::get);

    @Test
    void locksALoginFromOneAddressUntilTheTimeIsOver() {
        throttle.failed("ann", "a");
        assertThat(throttle.isLocked("ann", "a")).isFalse();
        throttle.failed("ann", "a");
        assertThat(throttle.isLocked("ann", "a")).isTrue();
        assertThat(throttle.isLocked("ann", "b")).isFalse();
        assertThat(throttle.isLocked("bob", "a")).isFalse();
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        assertThat(throttle.isLocked("ann", "a")).isFalse();
    }

    @Test
    void forgetsFailuresWhenTheRightPasscodeComes() {
        throttle.failed("ann", "a");
        throttle.succeeded("ann", "a");
        throttle.failed("ann", "a");
        assertThat(throttle.isLocked("ann", "a")).isFalse();
    }

    @Test
    void remembersOnlyTheBeginningOfALongLogin() {
        String begin = "x".repeat(128);
        throttle.failed(begin + "1", "a");
        throttle.failed(begin + "2", "a");
        assertThat(throttle.isLocked(begin + "3", "a")).isTrue();
        assertThat(throttle.isLocked(begin.substring(1), "a")).isFalse();
    }

    @Test
    void neverLocksWhenSwitchedOff() {
        LoginThrottle off = new LoginThrottle(0, Duration.ofSeconds(60), nanos::get);
        for (int i = 0; i < 10; i++) {
            off.failed("ann", "a");
        }
        assertThat(off.isLocked("ann", "a")).isFalse();
    }
}
