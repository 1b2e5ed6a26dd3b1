package io.stompline.session.timing;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Command;
import io.stompline.frame.Frame;
import io.stompline.frame.Headers;
import io.stompline.session.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeferralTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ManualClock clock = new ManualClock();
    private final Deferral deferral = new Deferral(LIMIT, clock);
    private boolean over;

    @Test
    void deferral_frames_stayInOrder() {
        Frame first = frame("1");
        Frame second = frame("2");
        deferral.add(first);
        deferral.add(second);
        assertThat(deferral.first()).isSameAs(first);
        deferral.remove();
        assertThat(deferral.first()).isSameAs(second);
        deferral.remove();
        assertThat(deferral.isActive()).isFalse();
    }

    @Test
    void deferral_empty_isNeitherReadyNorOverdue() {
        clock.pass(LIMIT.multipliedBy(2));
        assertThat(deferral.isReady()).isFalse();
        assertThat(deferral.isOverdue()).isFalse();
    }

    @Test
    void deferral_conditionMet_isReady() {
        deferral.until(() -> over);
        assertThat(deferral.isReady()).isFalse();
        over = true;
        assertThat(deferral.isReady()).isTrue();
    }

    @Test
    void deferral_unlimitedWait_isNeverOverdue() {
        deferral.until(() -> over);
        clock.pass(LIMIT.multipliedBy(100));
        assertThat(deferral.isOverdue()).isFalse();
    }

    @Test
    void deferral_limitedWait_countsFromTheFirstTry() {
        deferral.add(frame("1"));
        long since = clock.getAsLong();
        deferral.untilAtMost(() -> over, since);
        clock.pass(LIMIT);
        deferral.untilAtMost(() -> over, since);
        assertThat(deferral.isOverdue()).isFalse();
        clock.pass(Duration.ofNanos(1));
        assertThat(deferral.isOverdue()).isTrue();
        deferral.remove();
        assertThat(deferral.isOverdue()).isFalse();
    }

    private static Frame frame(String receipt) {
        return Frame.of(Command.BEGIN, Headers.of("receipt", receipt));
    }
}
