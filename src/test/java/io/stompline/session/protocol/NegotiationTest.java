package io.stompline.session.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stompline.frame.Command;
import io.stompline.frame.Frame;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import io.stompline.session.Rules;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiationTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.0 | 1.0",
                "1.1 | 1.1",
                "1.2 | 1.2",
                "1.0,1.1,1.2 | 1.2",
                "1.2,1.0,1.1 | 1.2",
                "1.0,1.1 | 1.1",
                "1.1 , 1.0 | 1.1",
                "0.9,1.1,2.0 | 1.1",
                "1.1,1.1 | 1.1"
            })
    void version_common_highestIsTaken(String accepted, String expected) {
        assertThat(version(Optional.empty(), "accept-version", accepted)).isEqualTo(expected);
    }

    @Test
    void version_absent_is10() {
        assertThat(version(Optional.empty())).isEqualTo("1.0");
        assertThat(version(Optional.of(Version.V1_2))).isEqualTo("1.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1.1,1.2 | V1_1 | 1.1", "1.0,1.1,1.2 | V1_0 | 1.0", "1.1,1.2 | V1_0 | 1.2", "1.1 | V1_2 | 1.1"})
    void version_ofTheSubprotocol_isPreferredIfAccepted(String accepted, Version subprotocol, String expected) {
        assertThat(version(Optional.of(subprotocol), "accept-version", accepted))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "1", "1.3", "2.0,0.9", "1.20", "v1.2", "1.1;1.2"})
    void version_noneInCommon_isRefused(String accepted) {
        assertThatExceptionOfType(StompException.class)
                .isThrownBy(() -> version(Optional.of(Version.V1_2), "accept-version", accepted))
                .satisfies(e -> {
                    assertThat(e.error()).isEqualTo(StompError.UNSUPPORTED_VERSION);
                    assertThat(e.headers().first("version")).contains("1.0,1.1,1.2");
                });
    }

    /** Rules: 10 s offered either way, 1 s the shortest. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // client's header | offered | sends and expects
                "0,0 | 10000,10000 | 0,0",
                "10000,10000 | 10000,10000 | 10000,10000",
                "4000,5000 | 5000,4000 | 5000,4000",
                "4000,0 | 10000,4000 | 0,4000",
                "0,5000 | 5000,10000 | 5000,0",
                "1,1 | 1000,1000 | 1000,1000",
                "30000,20000 | 10000,10000 | 20000,30000",
                "2147483648,02147483648 | 10000,10000 | 2147483648,2147483648",
                "9223372036854775808,0 | 10000,10000 | 0,999999999999",
                "' 4000 , 5000 ' | 5000,4000 | 5000,4000"
            })
    void heartBeat_intervals_longerIsAgreed(String client, String offered, String agreed) {
        Negotiation made = negotiate(Optional.empty(), "accept-version", "1.1", "heart-beat", client);
        assertThat(made.offered().header()).isEqualTo(offered);
        assertThat(made.heartBeats().header()).isEqualTo(agreed);
    }

    @Test
    void heartBeat_shorterThanTheShortest_isRaised() {
        HeartBeats tooShort = HeartBeats.parse("100,200");
        Duration shortest = Duration.ofMillis(500);
        assertThat(tooShort.to(HeartBeats.parse("1,1"), shortest).header()).isEqualTo("500,500");
        assertThat(tooShort.to(HeartBeats.parse("9000,9000"), shortest).header())
                .isEqualTo("500,500");
        assertThat(HeartBeats.NONE.to(HeartBeats.parse("1,1"), shortest).header())
                .isEqualTo("0,0");
    }

    @Test
    void heartBeat_absentOr10_isNone() {
        assertThat(negotiate(Optional.empty(), "accept-version", "1.2").heartBeats())
                .isEqualTo(HeartBeats.NONE);
        assertThat(negotiate(Optional.empty(), "heart-beat", "1000,1000").heartBeats())
                .isEqualTo(HeartBeats.NONE);
        assertThat(negotiate(Optional.empty(), "heart-beat", "often").heartBeats())
                .isEqualTo(HeartBeats.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void header_empty_isAbsent(String empty) {
        assertThat(version(Optional.empty(), "accept-version", empty)).isEqualTo("1.0");
        assertThat(negotiate(Optional.empty(), "accept-version", "1.2", "heart-beat", empty)
                        .heartBeats())
                .isEqualTo(HeartBeats.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "0", "1000", "1000,", ",1000", "-1,0", "0,-1", "a,b", "1.5,1", "0,0,0"})
    void heartBeat_malformed_isRefused(String client) {
        assertThatExceptionOfType(StompException.class)
                .isThrownBy(() -> negotiate(Optional.empty(), "accept-version", "1.2", "heart-beat", client))
                .satisfies(e -> assertThat(e.error()).isEqualTo(StompError.INVALID_HEADER));
    }

    private static String version(Optional<Version> subprotocol, String... headers) {
        return negotiate(subprotocol, headers).version().number();
    }

    private static Negotiation negotiate(Optional<Version> subprotocol, String... headers) {
        return Negotiation.of(Frame.of(Command.CONNECT, Headers.of(headers)), subprotocol, Rules.BEATS);
    }
}
