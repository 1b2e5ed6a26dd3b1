package io.stompline.session.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NextCheckTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** A nano clock may start anywhere: this one overflows within the first second. */
    private static final long OPENED = Long.MAX_VALUE - SECOND / 2;

    private final NextCheck nextCheck = new NextCheck(OPENED);

    @Test
    void nextCheck_opened_isDueAfter1Second() {
        assertThat(nextCheck.isDue(OPENED)).isFalse();
        assertThat(nextCheck.isDue(OPENED + SECOND - 1)).isFalse();
        assertThat(nextCheck.isDue(OPENED + SECOND)).isTrue();
    }

    @Test
    void nextCheck_lateCheck_isDue1SecondAfterIt() {
        long late = OPENED + 3 * SECOND;
        nextCheck.begin(late);
        assertThat(nextCheck.isDue(late + SECOND - 1)).isFalse();
        assertThat(nextCheck.isDue(late + SECOND)).isTrue();
    }

    @Test
    void nextCheck_atOnce_isDueUntilACheckBegins() {
        nextCheck.atOnce();
        assertThat(nextCheck.isDue(OPENED)).isTrue();
        assertThat(nextCheck.isDue(OPENED)).as("asking changes nothing").isTrue();
        nextCheck.begin(OPENED);
        assertThat(nextCheck.isDue(OPENED)).isFalse();
    }

    @Test
    void nextCheck_askedForDuringACheck_isNotLost() {
        nextCheck.begin(OPENED);
        nextCheck.atOnce();
        nextCheck.noLaterThan(OPENED + SECOND / 2);
        assertThat(nextCheck.isDue(OPENED)).isTrue();
    }

    @Test
    void nextCheck_noLaterThan_onlyComesForward() {
        nextCheck.noLaterThan(OPENED + SECOND / 4);
        nextCheck.noLaterThan(OPENED + SECOND / 2);
        nextCheck.noLaterThan(OPENED + 2 * SECOND);
        assertThat(nextCheck.isDue(OPENED + SECOND / 4 - 1)).isFalse();
        assertThat(nextCheck.isDue(OPENED + SECOND / 4)).isTrue();
    }

    @Test
    void nextCheck_begun_forgetsEarlierRequests() {
        nextCheck.noLaterThan(OPENED + SECOND / 4);
        nextCheck.begin(OPENED);
        assertThat(nextCheck.isDue(OPENED + SECOND / 2)).isFalse();
    }
}
