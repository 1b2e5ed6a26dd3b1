package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NextCheckTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** A nano clock may start anywhere: this one overflows within the first second. */
    private static final long OPENED = Long.MAX_VALUE - SECOND / 2;

    private final NextCheck nextCheck = new NextCheck(OPENED);

    @Test
    void isDueASecondAfterTheOpening() {
        assertThat(nextCheck.isDue(OPENED)).isFalse();
        assertThat(nextCheck.isDue(OPENED + SECOND - 1)).isFalse();
        assertThat(nextCheck.isDue(OPENED + SECOND)).isTrue();
    }

    @Test
    void isDueASecondAfterTheLastLookHoweverLateThatWas() {
        long late = OPENED + 3 * SECOND;
        nextCheck.begin(late);
        assertThat(nextCheck.isDue(late + SECOND - 1)).isFalse();
        assertThat(nextCheck.isDue(late + SECOND)).isTrue();
    }

    @Test
    void isDueAtOnceUntilALookBegins() {
        nextCheck.atOnce();
        assertThat(nextCheck.isDue(OPENED)).isTrue();
        assertThat(nextCheck.isDue(OPENED)).as("asking changes nothing").isTrue();
        nextCheck.begin(OPENED);
        assertThat(nextCheck.isDue(OPENED)).isFalse();
    }

    @Test
    void losesNothingThatIsAskedForDuringALook() {
        nextCheck.begin(OPENED);
        nextCheck.atOnce();
        nextCheck.noLaterThan(OPENED + SECOND / 2);
        assertThat(nextCheck.isDue(OPENED)).isTrue();
    }

    @Test
    void comesForwardToWhatIsDueSoonerAndIsNeverPutOff() {
        nextCheck.noLaterThan(OPENED + SECOND / 4);
        nextCheck.noLaterThan(OPENED + SECOND / 2);
        nextCheck.noLaterThan(OPENED + 2 * SECOND);
        assertThat(nextCheck.isDue(OPENED + SECOND / 4 - 1)).isFalse();
        assertThat(nextCheck.isDue(OPENED + SECOND / 4)).isTrue();
    }

    @Test
    void forgetsWhatWasDueSoonerWithTheNextLook() {
        nextCheck.noLaterThan(OPENED + SECOND / 4);
        nextCheck.begin(OPENED);
        assertThat(nextCheck.isDue(OPENED + SECOND / 2)).isFalse();
    }
}
