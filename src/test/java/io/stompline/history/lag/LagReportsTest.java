package io.stompline.history.lag;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.routing.hub.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LagReportsTest {
    private static final long BEGIN = 1_000_000;

    private long millis = BEGIN;
    private final LagReports here = new LagReports("here", Duration.ofSeconds(10), () -> Instant.ofEpochMilli(millis));
    private final LagReports there =
            new LagReports("there", Duration.ofSeconds(10), () -> Instant.ofEpochMilli(millis));

    @Test
    void position_ofANodeThatNobodyKnows_isNotVouchedFor() {
        assertThat(vouchesFor(BEGIN)).isFalse();
    }

    @Test
    void position_ofAPromptNode_isVouchedForUpTo5SecondsAfterItsLastWord() {
        pass(1_000);
        tell();
        assertThat(vouchesFor(BEGIN - 1)).as("before its start").isFalse();
        assertThat(vouchesFor(BEGIN)).isTrue();
        assertThat(vouchesFor(millis + 5_000)).isTrue();
        assertThat(vouchesFor(millis + 5_001)).isFalse();
        there.came(millis - 2_000);
        pass(1_000);
        tell();
        assertThat(vouchesFor(millis + 3_000)).isTrue();
        assertThat(vouchesFor(millis + 3_001)).isFalse();
    }

    /** Or of a publisher whose clock is ahead. */
    @Test
    void message_tooLateOrTooEarly_putsWhatWasBeforeInDoubt() {
        for (long sent : List.of(-5_001L, 5_001L)) {
            pass(60_000);
            there.came(millis + sent);
            long doubt = millis;
            pass(1_000);
            tell();
            pass(1_000);
            tell();
            assertThat(vouchesFor(doubt)).isFalse();
            assertThat(vouchesFor(doubt + 1)).isTrue();
        }
        here.came(millis - 5_001);
        assertThat(vouchesFor(millis)).as("its own lag").isFalse();
    }

    @Test
    void clock_wrongByMoreThan5Seconds_putsTheNodeInDoubt() {
        pass(1_000);
        tell();
        assertThat(vouchesFor(millis)).isTrue();
        LagReport report = there.tell();
        there.hearOwn(report);
        pass(5_001);
        here.hear(report, "channel");
        assertThat(vouchesFor(report.nowMillis())).isFalse();
        assertThat(vouchesFor(report.nowMillis() + 1)).isFalse();
        tell();
        assertThat(vouchesFor(report.nowMillis() + 1)).as("remembered").isFalse();
        assertThat(vouchesFor(millis)).isTrue();
    }

    /** As when the message broker holds them up. */
    @Test
    void report_thatDoesNotComeBack_isALag() {
        LagReport first = there.tell();
        pass(2_000);
        assertThat(there.tell().lagMillis()).isEqualTo(2_000);
        there.hearOwn(first);
        assertThat(there.tell().lagMillis()).isEqualTo(2_000);
        assertThat(there.tell().lagMillis()).isZero();
        pass(5_001);
        assertThat(there.tell().doubtMillis()).isEqualTo(millis);
        there.notTold();
        pass(60_000);
        assertThat(there.tell().lagMillis()).as("alone").isZero();
    }

    @Test
    void learn_whatAnotherNodeKnows_isKnownHere() {
        pass(1_000);
        LagReports newcomer = new LagReports("new", Duration.ofSeconds(10), () -> Instant.ofEpochMilli(millis));
        newcomer.hear(here.tell(), "channel");
        tell();
        newcomer.learn(here.known());
        assertThat(newcomer.vouchFor(new Position("there", 1, millis))).isTrue();
        assertThat(newcomer.known()).extracting(LagReport::node).containsExactlyInAnyOrder("new", "here", "there");
        assertThat(newcomer.oldest(Set.of("channel"), Set.of())).contains("here");
        assertThat(newcomer.oldest(Set.of("channel"), Set.of("here"))).isEmpty();
        assertThat(newcomer.oldest(Set.of(), Set.of())).isEmpty();
    }

    @Test
    void prompt_nodeThatIsThereForTheOverlap_isIt() {
        pass(10_000);
        tell();
        assertThat(here.isPrompt("there")).isFalse();
        pass(1);
        tell();
        assertThat(here.isPrompt("there")).isTrue();
        assertThat(here.isPrompt("nobody")).isFalse();
    }

    @Test
    void text_ofAReport_isReadAgain() {
        LagReport report = new LagReport("k3f2q", 1, 2, 3, 4);
        assertThat(LagReport.parse(report.text())).contains(report);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a 1 2 3", "a 1 2 3 4 5", "A 1 2 3 4", "a -1 2 3 4", "a 1 2 3 1234567890123456"})
    void text_ofAnythingElse_isNone(String text) {
        assertThat(LagReport.parse(text)).isEmpty();
    }

    private void pass(long some) {
        millis += some;
    }

    /** There to here, and back. */
    private void tell() {
        LagReport report = there.tell();
        there.hearOwn(report);
        here.hear(report, "channel");
    }

    private boolean vouchesFor(long position) {
        return here.vouchFor(new Position("there", 1, position));
    }
}
