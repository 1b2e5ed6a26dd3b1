package io.stompline.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.idempotency.SentKeys.State;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SentKeysTest {
    private static final State NEW = new State.New();
    private static final State PENDING = new State.Pending();
    private static final State DONE = new State.Done(Optional.empty());

    private final AtomicLong nanos = new AtomicLong();
    private final Metrics metrics = new Metrics();
    private final SentKeys keys = new SentKeys(nanos::get, metrics);

    @Test
    void key_ofOneUser_isNewThenPendingThenDone() {
        assertThat(keys.begin("ann", "k")).isEqualTo(NEW);
        assertThat(keys.begin("ann", "k")).isEqualTo(PENDING);
        assertThat(keys.isPending("ann", "k")).isTrue();
        keys.done("ann", "k", Optional.empty());
        assertThat(keys.isPending("ann", "k")).isFalse();
        assertThat(keys.begin("ann", "k")).isEqualTo(DONE);
        assertThat(keys.begin("bob", "k")).isEqualTo(NEW);
        assertThat(metrics.counter(Meter.SENDS_REPEATED).value()).isEqualTo(1);
    }

    @Test
    void key_problem_isRemembered() {
        keys.begin("ann", "k");
        keys.done("ann", "k", Optional.of("refused"));
        assertThat(keys.begin("ann", "k")).isEqualTo(new State.Done(Optional.of("refused")));
    }

    @Test
    void key_forgotten_isNewAgain() {
        keys.begin("ann", "k");
        keys.forget("ann", "k");
        assertThat(keys.begin("ann", "k")).isEqualTo(NEW);
    }

    @Test
    void key_afterTwoMinutes_isNewAgain() {
        sent("ann", "k");
        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(keys.begin("ann", "k")).isEqualTo(DONE);
        nanos.incrementAndGet();
        assertThat(keys.begin("ann", "k")).isEqualTo(NEW);
    }

    @Test
    void keys_ofAUserWithTooMany_loseTheOldestOfThatUserOnly() {
        sent("ann", "k");
        for (int i = 0; i <= 10_000; i++) {
            sent("bob", "k" + i);
        }
        assertThat(keys.begin("ann", "k")).isEqualTo(DONE);
        assertThat(keys.begin("bob", "k1")).isEqualTo(DONE);
        assertThat(keys.begin("bob", "k0")).isEqualTo(NEW);
    }

    @Test
    void keys_ofAllUsers_areBounded() {
        for (int user = 0; user < 20; user++) {
            for (int i = 0; i < 9_000; i++) {
                sent("user" + user, "k" + i);
            }
        }
        assertThat(keys.begin("user19", "k0")).isEqualTo(DONE);
        assertThat(keys.begin("user0", "k8999")).isEqualTo(NEW);
    }

    @Test
    void otherNode_hearsWhatWasDone() {
        List<String> told = new ArrayList<>();
        keys.whenFresh(() -> told.add("fresh"));
        sent("ann b/ä", "k 1");
        sent("bob", "k\n2");
        keys.begin("bob", "pending");
        assertThat(told).containsExactly("fresh");
        SentKeys other = new SentKeys(nanos::get, new Metrics());
        other.hear(keys.takeFresh());
        assertThat(other.begin("ann b/ä", "k 1")).isEqualTo(DONE);
        assertThat(other.begin("bob", "k\n2")).isEqualTo(DONE);
        assertThat(other.begin("bob", "pending")).isEqualTo(NEW);
        assertThat(other.takeFresh()).as("it is not said again").isEmpty();
        assertThat(keys.takeFresh()).isEmpty();
        sent("ann", "more");
        assertThat(told).hasSize(2);
    }

    @Test
    void otherNode_garbage_isIgnored() {
        keys.hear("one\n\n two three four\nann k");
        assertThat(keys.begin("ann", "k")).isEqualTo(DONE);
    }

    private void sent(String user, String key) {
        keys.begin(user, key);
        keys.done(user, key, Optional.empty());
    }
}
