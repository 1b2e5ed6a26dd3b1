package io.stompline.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.RSAKey;
import io.stompline.LogLines;
import io.stompline.session.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When keys are read. */
class KeyRingTest {
    private static final RSAKey FIRST = TestTokens.key("first");
    private static final RSAKey SECOND = TestTokens.key("second");

    private final ManualClock clock = new ManualClock();
    private final Queue<Runnable> readings = new ArrayDeque<>();
    private final Issuer issuer = new Issuer();
    private final KeyRing ring = new KeyRing(issuer, Set.of(JWSAlgorithm.RS256), readings::add, clock);

    private static final class Issuer implements KeySource {
        private Optional<String> keys = Optional.of(TestTokens.jwks(FIRST));
        private Optional<RuntimeException> fault = Optional.empty();
        private int readings;
        private boolean closed;

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public String name() {
            return "issuer";
        }

        @Override
        public String read() throws IOException {
            readings++;
            fault.ifPresent(thrown -> {
                throw thrown;
            });
            return keys.orElseThrow(() -> new IOException("away"));
        }
    }

    private KeyRing.Lookup find(String kid) {
        return ring.find(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(kid).build());
    }

    private void read() {
        Runnable reading = readings.remove();
        reading.run();
    }

    /** As when a login comes, and again after the keys are read. */
    private boolean knows(String kid) {
        KeyRing.Lookup lookup = find(kid);
        if (lookup instanceof KeyRing.Lookup.Pending pending) {
            assertThat(pending.over().getAsBoolean()).isFalse();
            read();
            assertThat(pending.over().getAsBoolean()).isTrue();
            lookup = find(kid);
        }
        return lookup instanceof KeyRing.Lookup.Found;
    }

    @Test
    void key_first_isWaitedFor() {
        clock.pass(Duration.ofHours(2));
        assertThat(knows("first")).isTrue();
        assertThat(knows("first")).isTrue();
        assertThat(issuer.readings).isEqualTo(1);
    }

    @Test
    void key_manyWait_oneReading() {
        for (int i = 0; i < 100; i++) {
            assertThat(find("first")).isInstanceOf(KeyRing.Lookup.Pending.class);
        }
        assertThat(readings).hasSize(1);
    }

    @Test
    void rotation_newKid_isReadOnceIn30Seconds() {
        assertThat(knows("first")).isTrue();
        issuer.keys = Optional.of(TestTokens.jwks(FIRST, SECOND));
        assertThat(knows("second")).as("too soon after the first reading").isFalse();
        clock.pass(Duration.ofSeconds(30));
        assertThat(knows("second")).isTrue();
        assertThat(issuer.readings).isEqualTo(2);
    }

    @Test
    void rotation_inventedKids_causeOneReadingIn30Seconds() {
        assertThat(knows("first")).isTrue();
        for (int second = 0; second < 120; second++) {
            clock.pass(Duration.ofSeconds(1));
            assertThat(knows("invented-" + second)).isFalse();
        }
        assertThat(issuer.readings).isEqualTo(5);
    }

    @Test
    void revocation_keyTakenBack_isRefusedAfter5Minutes() {
        assertThat(knows("first")).isTrue();
        issuer.keys = Optional.of(TestTokens.jwks(SECOND));
        clock.pass(Duration.ofMinutes(5).plusMillis(1));
        assertThat(knows("first")).as("waits until the keys are read").isFalse();
        assertThat(knows("second")).isTrue();
    }

    @Test
    void outage_ofTheIssuer_isAWarningOnceAMinute() {
        issuer.keys = Optional.empty();
        try (LogLines log = new LogLines(KeyRing.class)) {
            for (int i = 0; i < 3; i++) {
                assertThat(knows("first")).isFalse();
                clock.pass(Duration.ofSeconds(29));
            }
            assertThat(log.warnings())
                    .containsExactly("the keys of stompline.token.keys cannot be read from issuer: away");
        }
    }

    @Test
    void outage_afterOneThatWasMended_isToldAgain() {
        try (LogLines log = new LogLines(KeyRing.class)) {
            for (boolean away : new boolean[] {true, false, true}) {
                issuer.keys = away ? Optional.empty() : Optional.of(TestTokens.jwks(FIRST));
                find("invented");
                read();
                clock.pass(Duration.ofSeconds(30));
            }
            assertThat(log.warnings()).hasSize(2);
        }
    }

    @Test
    void fault_inAReading_isAWarningAndReadAgain() {
        issuer.fault = Optional.of(new IllegalStateException("as intended"));
        try (LogLines log = new LogLines(KeyRing.class)) {
            assertThat(knows("first")).isFalse();
            assertThat(log.warnings()).singleElement().asString().endsWith("as intended");
        }
        issuer.fault = Optional.empty();
        clock.pass(Duration.ofSeconds(30));
        assertThat(knows("first")).isTrue();
    }

    @Test
    void keys_whatIsNone_isAWarningAndNoKey() {
        issuer.keys = Optional.of("<html>");
        try (LogLines log = new LogLines(KeyRing.class)) {
            assertThat(knows("first")).isFalse();
            assertThat(log.warnings()).hasSize(1);
        }
    }

    @Test
    void close_source_isClosed() {
        ring.close();
        assertThat(issuer.closed).isTrue();
    }

    @Test
    void outage_ofTheIssuer_isSurvivedForAnHour() {
        assertThat(knows("first")).isTrue();
        issuer.keys = Optional.empty();
        for (int minute = 0; minute < 60; minute++) {
            clock.pass(Duration.ofMinutes(1));
            assertThat(knows("first")).isTrue();
        }
        clock.pass(Duration.ofMinutes(1));
        assertThat(knows("first")).isFalse();
    }

    @Test
    void outage_nonsenseOfTheIssuer_keepsTheKeys() {
        assertThat(knows("first")).isTrue();
        issuer.keys = Optional.of("<html>");
        clock.pass(Duration.ofSeconds(30));
        assertThat(knows("second")).isFalse();
        assertThat(knows("first")).isTrue();
    }
}
