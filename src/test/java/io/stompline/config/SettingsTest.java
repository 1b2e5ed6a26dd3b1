package io.stompline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.LogLines;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final Setting NUMBER = Setting.JMS_MAX_DELIVERIES;
    private static final Setting TIME = Setting.CONNECT_TIMEOUT;
    private static final Setting LIST = Setting.ALLOWED_ORIGINS;

    @Test
    void setting_severalFaults_areReportedTogether() {
        Settings settings = settings(Map.of(
                NUMBER.key(),
                "x",
                Setting.JMS_PUBLISHERS.key(),
                "257",
                TIME.key(),
                "soon",
                Setting.WRITER_THREADS.key(),
                "3"));
        settings.number(NUMBER);
        settings.number(Setting.JMS_PUBLISHERS);
        settings.time(TIME);
        settings.number(Setting.WRITER_THREADS);
        settings.number(NUMBER);
        assertThatThrownBy(settings::check)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("wrong settings: stompline.jms.max-deliveries must be a whole number from 1 to 1000; "
                        + "stompline.jms.publishers must be a whole number from 1 to 256; "
                        + "stompline.connect-timeout must be a time such as 10s, 500ms or PT10S, or a number of milliseconds,"
                        + " from 1 ms to 365 days");
    }

    @Test
    void setting_absentOrBlank_isTheDefault() {
        Settings settings = settings(Map.of(NUMBER.key(), " ", TIME.key(), " ", LIST.key(), ""));
        assertThat(settings.number(NUMBER)).isEqualTo(5);
        assertThat(settings.number(Setting.JMS_PUBLISHERS)).isEqualTo(48);
        assertThat(settings.time(TIME)).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.text(Setting.METRICS_ROLE)).isEmpty();
        assertThat(settings.list(LIST)).isEmpty();
        assertThatCode(settings::check).doesNotThrowAnyException();
    }

    @Test
    void setting_defaultsOfTheTable_passTheirChecks() {
        Settings settings = settings(Arrays.stream(Setting.values())
                .filter(setting -> !setting.defaultValue().isEmpty())
                .collect(Collectors.toMap(Setting::key, Setting::defaultValue)));
        for (Setting setting : Setting.values()) {
            switch (setting.type()) {
                case NUMBER, OCTETS, CHARS -> settings.number(setting);
                case TIME -> settings.time(setting);
                case PATH -> settings.path(setting);
                case TEXT -> settings.text(setting);
                case LIST -> settings.list(setting);
                case FLAG -> settings.flag(setting);
            }
        }
        assertThatCode(settings::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "FALSE, false", "yes, false"})
    void setting_flagInAnyCase_isTakenAndNothingElse(String text, boolean value) {
        Settings settings = settings(Map.of("stompline.message.sender", text));
        assertThat(settings.flag(Setting.MESSAGE_SENDER)).isEqualTo(value);
        if (text.equals("yes")) {
            assertThatThrownBy(settings::check).hasMessageContaining("stompline.message.sender must be true or false");
        } else {
            assertThatCode(settings::check).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1000, 1000", "' 5 ', 5"})
    void setting_numberInItsRange_isTaken(String text, int number) {
        Settings settings = settings(Map.of(NUMBER.key(), text));
        assertThat(settings.number(NUMBER)).isEqualTo(number);
        assertThatCode(settings::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "1001", "1.5", "1e1", "0x5", "99999999999", "five"})
    void setting_numberOfAnotherKind_isRefused(String text) {
        Settings settings = settings(Map.of(NUMBER.key(), text));
        assertThat(settings.number(NUMBER)).isEqualTo(5);
        assertThatThrownBy(settings::check).hasMessageContaining("max-deliveries must be a whole number");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1500, 1500",
        "31536000000, 31536000000",
        "10s, 10000",
        "250ms, 250",
        "2h, 7200000",
        "PT10S, 10000",
        "PT0.25S, 250",
        "PT1M, 60000",
        "P1D, 86400000",
        "P365D, 31536000000"
    })
    void setting_timeInMillisecondsOrAsIsoDuration_isTaken(String text, long millis) {
        Settings settings = settings(Map.of(TIME.key(), text));
        assertThat(settings.time(TIME)).isEqualTo(Duration.ofMillis(millis));
        assertThatCode(settings::check).doesNotThrowAnyException();
    }

    @Test
    void setting_timeThatLooksLikeSeconds_isAWarning() {
        Setting recheck = Setting.ACCESS_RECHECK;
        try (LogLines log = new LogLines(Settings.class)) {
            Settings settings = settings(Map.of(recheck.key(), "30"));
            assertThat(settings.time(recheck)).isEqualTo(Duration.ofMillis(30));
            settings.time(recheck);
            assertThat(log.warnings())
                    .containsExactly(
                            "stompline.access.recheck: 30 is 30 ms: write 30s for seconds, or 30ms to be left alone");
            assertThatCode(settings::check).doesNotThrowAnyException();
            settings(Map.of(recheck.key(), "30ms")).time(recheck);
            settings(Map.of(recheck.key(), "30000")).time(recheck);
            settings(Map.of()).time(recheck);
            assertThat(log.warnings()).hasSize(1);
        }
    }

    @Test
    void setting_timeOutOfRangeWithoutUnit_saysWhatItMeans() {
        Settings settings = settings(Map.of(Setting.HISTORY_OVERLAP.key(), "10"));
        settings.time(Setting.HISTORY_OVERLAP);
        assertThatThrownBy(settings::check)
                .hasMessageEndingWith("from 100 ms to 600000 ms; 10 is 10 ms: write 10s for seconds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "PT-1S", "10 s", "P", "1.5", "99999999999", "PT8760H0.001S", "P200000D"})
    void setting_timeOfAnotherKind_isRefused(String text) {
        Settings settings = settings(Map.of(TIME.key(), text));
        assertThat(settings.time(TIME)).isEqualTo(Duration.ofSeconds(10));
        assertThatThrownBy(settings::check).hasMessageContaining("or a number of milliseconds");
    }

    @Test
    void setting_list_isPartedAtCommas() {
        assertThat(settings(Map.of(LIST.key(), " a ,b,, c ")).list(LIST)).containsExactly("a", "b", "c");
    }

    @Test
    void setting_mistypedKey_namesTheNearest() {
        assertThat(Setting.isUnknown("stompline.outbox.max-byte")).isTrue();
        assertThat(Settings.unknown("stompline.outbox.max-byte"))
                .isEqualTo("there is no setting stompline.outbox.max-byte: it has no effect; did you mean"
                        + " stompline.outbox.max-bytes?");
    }

    @Test
    void setting_mistypedEnvironmentVariable_namesTheNearest() {
        assertThat(Setting.isUnknown("STOMPLINE_OUTBOX_MAXBYTES")).isTrue();
        assertThat(Settings.unknown("STOMPLINE_OUTBOX_MAXBYTES")).endsWith("did you mean STOMPLINE_OUTBOX_MAX_BYTES?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STOMPLINE_PORT",
                "STOMPLINE_PORT_8080_TCP_ADDR",
                "STOMPLINE_SERVICE_HOST",
                "STOMPLINE_WEB_SERVICE_PORT_HTTP"
            })
    void setting_variableOfAKubernetesService_isNone(String variable) {
        assertThat(Setting.isUnknown(variable)).isFalse();
    }

    @Test
    void setting_ofTheTableOrTheStartClass_isKnown() {
        assertThat(Arrays.stream(Setting.values()).map(Setting::key)).noneMatch(Setting::isUnknown);
        assertThat(Arrays.stream(Setting.values()).map(Setting::environmentVariable))
                .doesNotHaveDuplicates()
                .noneMatch(Setting::isUnknown);
        assertThat(Setting.isUnknown("stompline.adapter.password")).isFalse();
        assertThat(Setting.isUnknown("java.home")).isFalse();
    }

    @Test
    void setting_jmsAbsentAndGiven_isRead() {
        JmsSettings absent = JmsSettings.from(settings(Map.of()));
        assertThat(absent.address()).isEqualTo("mq://localhost/direct");
        assertThat(absent.requestTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(absent.passwordFile()).isEmpty();
        JmsSettings given = JmsSettings.from(settings(Map.of(
                "stompline.jms.address", "mqtcp://mq:7677/jms",
                "stompline.jms.user", "ann",
                "stompline.jms.password-file", "/run/secret",
                "stompline.jms.max-deliveries", "3")));
        assertThat(given.address()).isEqualTo("mqtcp://mq:7677/jms");
        assertThat(given.user()).contains("ann");
        assertThat(given.passwordFile()).contains(Path.of("/run/secret"));
        assertThat(given.maxDeliveries()).isEqualTo(3);
    }

    private static Settings settings(Map<String, String> values) {
        return new Settings(key -> Optional.ofNullable(values.get(key)));
    }
}
