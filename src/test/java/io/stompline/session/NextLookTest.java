package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NextLookTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** A nano clock may start anywhere: this one overflows within the first second. */
    private static final long OPENED = Long.MAX_VALUE - SECOND / 2;

    private final NextLook nextLook = new NextLook(OPENED);

    @Test
    void isDueASecondAfterTheOpening() {
        assertThat(nextLook.isDue(OPENED)).isFalse();
        assertThat(nextLook.isDue(OPENED + SECOND - 1)).isFalse();
        assertThat(nextLook.isDue(OPENED + SECOND)).isTrue();
    }

    @Test
    void isDueASecondAfterTheLastLookHoweverLateThatWas() {
        long late = OPENED + 3 * SECOND;
        nextLook.begin(late);
        assertThat(nextLook.isDue(late + SECOND - 1)).isFalse();
        assertThat(nextLook.isDue(late + SECOND)).isTrue();
    }

    @Test
    void isDueAtOnceUntilALookBegins() {
        nextLook.atOnce();
        assertThat(nextLook.isDue(OPENED)).isTrue();
        assertThat(nextLook.isDue(OPENED)).as("asking changes nothing").isTrue();
        nextLook.begin(OPENED);
        assertThat(nextLook.isDue(OPENED)).isFalse();
    }

    @Test
    void losesNothingThatIsAskedForDuringALook() {
        nextLook.begin(OPENED);
        nextLook.atOnce();
        nextLook.noLaterThan(OPENED + SECOND / 2);
        assertThat(nextLook.isDue(OPENED)).isTrue();
    }

    @Test
    void comesForwardToWhatIsDueSoonerAndIsNeverPutOff() {
        nextLook.noLaterThan(OPENED + SECOND / 4);
        nextLook.noLaterThan(OPENED + SECOND / 2);
        nextLook.noLaterThan(OPENED + 2 * SECOND);
        assertThat(nextLook.isDue(OPENED + SECOND / 4 - 1)).isFalse();
        assertThat(nextLook.isDue(OPENED + SECOND / 4)).isTrue();
    }

    @Test
    void forgetsWhatWasDueSoonerWithTheNextLook() {
        nextLook.noLaterThan(OPENED + SECOND / 4);
        nextLook.begin(OPENED);
        assertThat(nextLook.isDue(OPENED + SECOND / 2)).isFalse();
    }
}
