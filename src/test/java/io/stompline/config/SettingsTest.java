package io.stompline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @Test
    void reportsEveryFaultTogetherAndNamesWhatIsExpected() {
        Settings settings = settings(Map.of("a", "x", "b", "11", "c", "soon", "d", "3"));
        settings.number("a", 1, 0, 10);
        settings.number("b", 1, 0, 10);
        settings.time("c", Duration.ZERO);
        settings.number("d", 1, 0, 10);
        assertThatThrownBy(settings::check)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("wrong settings: a must be a whole number from 0 to 10; "
                        + "b must be a whole number from 0 to 10; "
                        + "c must be a number of milliseconds or a time such as PT10S, from 0 ms to 365 days");
    }

    @Test
    void takesWhatIsAbsentOrBlankForTheDefault() {
        Settings settings = settings(Map.of("blank", " "));
        assertThat(settings.number("absent", 7, 0, 10)).isEqualTo(7);
        assertThat(settings.number("blank", 7, 0, 10)).isEqualTo(7);
        assertThat(settings.time("blank", Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.text("blank")).isEmpty();
        assertThat(settings.list("blank")).isEmpty();
        assertThatCode(settings::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "10, 10", "' 5 ', 5"})
    void takesNumbersFromTheLeastToTheGreatest(String text, int number) {
        Settings settings = settings(Map.of("n", text));
        assertThat(settings.number("n", -1, 0, 10)).isEqualTo(number);
        assertThatCode(settings::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "11", "1.5", "1e1", "0x5", "99999999999", "five"})
    void refusesOtherNumbers(String text) {
        Settings settings = settings(Map.of("n", text));
        assertThat(settings.number("n", 3, 0, 10)).isEqualTo(3);
        assertThatThrownBy(settings::check).hasMessageContaining("n must be a whole number");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1500, 1500",
        "31536000000, 31536000000",
        "PT10S, 10000",
        "PT0.25S, 250",
        "PT1M, 60000",
        "P1D, 86400000",
        "P365D, 31536000000"
    })
    void takesTimesInMillisecondsOrAsIsoDurations(String text, long millis) {
        Settings settings = settings(Map.of("t", text));
        assertThat(settings.time("t", Duration.ofHours(1))).isEqualTo(Duration.ofMillis(millis));
        assertThatCode(settings::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "PT-1S", "10s", "P", "1.5", "99999999999", "PT8760H0.001S", "P200000D"})
    void refusesOtherTimes(String text) {
        Settings settings = settings(Map.of("t", text));
        assertThat(settings.time("t", Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
        assertThatThrownBy(settings::check).hasMessageContaining("t must be a number of milliseconds");
    }

    @Test
    void partsListsAtCommas() {
        assertThat(settings(Map.of("l", " a ,b,, c ")).list("l")).containsExactly("a", "b", "c");
    }

    @Test
    void readsHowToReachJakartaMessaging() {
        JmsSettings absent = settings(Map.of()).jms();
        assertThat(absent.address()).isEqualTo("mq://localhost/direct");
        assertThat(absent.requestTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(absent.passwordFile()).isEmpty();
        JmsSettings given = settings(Map.of(
                        "stompline.jms.address", "mqtcp://mq:7677/jms",
                        "stompline.jms.user", "ann",
                        "stompline.jms.password-file", "/run/secret",
                        "stompline.jms.max-deliveries", "3"))
                .jms();
        assertThat(given.address()).isEqualTo("mqtcp://mq:7677/jms");
        assertThat(given.user()).contains("ann");
        assertThat(given.passwordFile()).contains(Path.of("/run/secret"));
        assertThat(given.maxDeliveries()).isEqualTo(3);
    }

    private static Settings settings(Map<String, String> values) {
        return new Settings(key -> Optional.ofNullable(values.get(key)));
    }
}
