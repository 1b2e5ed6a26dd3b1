package io.stompline.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as people write them. */
class WrittenTimeTest {
    private static final Duration LONGEST = Duration.ofDays(365);

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1500, 1500",
        "500ms, 500",
        "30s, 30000",
        "5m, 300000",
        "2h, 7200000",
        "1d, 86400000",
        "PT0.25S, 250",
        "PT-1S, -1000"
    })
    void time_withAUnitOrInMilliseconds_isRead(String text, long millis) {
        assertThat(WrittenTime.read(text).map(WrittenTime::duration)).hasValue(Duration.ofMillis(millis));
    }

    @Test
    void time_longestNumber_isReadAllTheSame() {
        assertThat(duration("999999999999d")).isEqualTo(Duration.ofDays(999_999_999_999L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s",
                "soon",
                "-1",
                "+1",
                "1.5s",
                "1e3",
                "10 s",
                "10S",
                "10M",
                "P",
                "PT",
                "1w",
                "1234567890123",
                "٣s"
            })
    void time_ofAnotherForm_isNot(String text) {
        assertThat(WrittenTime.read(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"30, 60s", "999, 10s", "1, 20ms", "49, 500ms"})
    void doubt_numberFarBelowWhatIsUsual_isMeantInSecondsPerhaps(String text, String usual) {
        assertThat(WrittenTime.read(text).orElseThrow().doubt(duration(usual), Duration.ZERO, LONGEST))
                .hasValue(text + " is " + text + " ms: write " + text + "s for seconds, or " + text
                        + "ms to be left alone");
    }

    @ParameterizedTest
    @CsvSource({"0, 60s", "1000, 60s", "30ms, 60s", "PT0.03S, 60s", "200, 500ms", "50, 500ms", "200, 0"})
    void doubt_otherTime_isNone(String text, String usual) {
        assertThat(WrittenTime.read(text).orElseThrow().doubt(duration(usual), Duration.ZERO, LONGEST))
                .isEmpty();
    }

    @Test
    void explained_onlyNumbersWithoutUnit_areMilliseconds() {
        assertThat(explained("7", "1s", "1m")).isEqualTo("; 7 is 7 ms: write 7s for seconds");
        assertThat(explained("7s", "10s", "1m")).isEmpty();
    }

    @Test
    void seconds_thatAreNotPossibleEither_areNotSuggested() {
        assertThat(explained("0", "1ms", "1d")).isEmpty();
        assertThat(explained("300000", "0", "60s")).isEmpty();
        assertThat(WrittenTime.read("500").orElseThrow().doubt(duration("60s"), Duration.ZERO, duration("60s")))
                .isEmpty();
    }

    private static String explained(String text, String shortest, String longest) {
        return WrittenTime.read(text).orElseThrow().explained(duration(shortest), duration(longest));
    }

    private static Duration duration(String text) {
        return WrittenTime.read(text).orElseThrow().duration();
    }
}
