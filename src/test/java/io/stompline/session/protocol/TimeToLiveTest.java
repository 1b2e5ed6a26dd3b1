package io.stompline.session.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.frame.Headers;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeToLiveTest {
    private static final InstantSource AT_1000 = InstantSource.fixed(Instant.ofEpochMilli(1_000));
    private static final InstantSource IN_2026 = InstantSource.fixed(Instant.parse("2026-11-29T00:00:00Z"));

    @ParameterizedTest
    @CsvSource({
        "expiration, 500, 1500",
        "x-message-ttl, 500, 1500",
        "expiration, 1, 1001",
        "expiration, 4294967295, 4294968295"
    })
    void timeToLive_asRabbitMqSaysIt_becomesTheMomentOfTheEnd(String name, String span, String moment) {
        assertThat(TimeToLive.asMoment(Headers.of(name, span, "type", "t"), AT_1000))
                .isEqualTo(Headers.of("type", "t", "expires", moment));
    }

    @Test
    void timeToLive_ofMessageAndQueue_isTheShorter() {
        assertThat(TimeToLive.asMoment(Headers.of("expiration", "7", "x-message-ttl", "5", "expires", ""), AT_1000))
                .isEqualTo(Headers.of("expires", "1005"));
    }

    @Test
    void timeToLive_absentOrEmpty_changesNothing() {
        Headers headers = Headers.of("expires", "5", "expiration", "");
        assertThat(TimeToLive.asMoment(headers, AT_1000)).isSameAs(headers);
    }

    @ParameterizedTest
    @CsvSource({
        "expiration, 0, number of milliseconds from 1 to 4294967295",
        "x-message-ttl, -1, the header x-message-ttl must be",
        "expiration, 4294967296, number",
        "expiration, 5s, number",
        "expiration, 99999999999999999999, number"
    })
    void timeToLive_unreadable_isRefusedByName(String name, String span, String sentence) {
        assertThatThrownBy(() -> TimeToLive.asMoment(Headers.of(name, span), AT_1000))
                .isInstanceOf(StompException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(sentence);
    }

    @Test
    void timeToLive_besideExpires_isRefused() {
        assertThatThrownBy(() -> TimeToLive.asMoment(Headers.of("expires", "5", "expiration", "5"), AT_1000))
                .isInstanceOf(StompException.class)
                .hasMessageContaining("one of them");
    }

    @ParameterizedTest
    @CsvSource({"60000", "1764374399999"})
    void expires_moreThanAYearAgo_isRefusedAsASpan(String expires) {
        assertThatThrownBy(() -> TimeToLive.asMoment(Headers.of("expires", expires), IN_2026))
                .isInstanceOf(StompException.class)
                .hasMessageContaining("the header expires must be a moment, in milliseconds since 1970, and " + expires)
                .hasMessageContaining("the header expiration takes milliseconds from now");
    }

    @ParameterizedTest
    @CsvSource({"0", "''", "soon", "1764374400000", "1796000000000", "99999999999999999999"})
    void expires_anyOther_stays(String expires) {
        Headers headers = Headers.of("expires", expires);
        assertThat(TimeToLive.asMoment(headers, IN_2026)).isEqualTo(headers);
    }
}
