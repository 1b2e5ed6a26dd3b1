package io.stompline.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerTest {
    private static final Instant END = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    void caller_withAnEnd_isExpiredFromThenOn() {
        Caller caller = new Caller("ann", Set.of(), Map.of(), Optional.of(END));
        assertThat(caller.isExpired(END.minusNanos(1))).isFalse();
        assertThat(caller.isExpired(END)).isTrue();
        assertThat(caller.isExpired(END.plusSeconds(1))).isTrue();
    }

    @Test
    void caller_withoutAnEnd_isNeverExpired() {
        assertThat(Caller.named("ann").isExpired(Instant.MAX)).isFalse();
    }
}
