package io.stompline.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
    @ParameterizedTest
    @CsvSource({
        "/user/bob/queue/a, /user/queue/a",
        "/user/bob/topic/a/b, /user/topic/a/b",
        "/user/queue/a,",
        "/user/queue/topic/a,",
        "/user/orders/7,",
        "/user/bob/queue,",
        "/topic/bob/queue/a,"
    })
    void userDestination_withoutUser_isWhatTheUserSubscribesTo(String text, String meant) {
        assertThat(Destination.parse(text).orElseThrow().withoutUser().map(Destination::text))
                .isEqualTo(Optional.ofNullable(meant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/topic/a",
                "/topic/a/b",
                "/queue/größe",
                "/user/queue/a",
                "/app/x/y",
                "/temp-queue/1",
                "/presence/topic/a/b",
                "/topic/*/b/**"
            })
    void parse_canonicalText_isWrittenAsRead(String text) {
        assertThat(Destination.parse(text).orElseThrow().text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "topic/a",
                "/topic",
                "/topic/",
                "/topic//a",
                "/topic/a/",
                "/topic/./a",
                "/topic/../a",
                "/topic/a\n",
                "/topic/a\u0000",
                "/topic/ ",
                "/topic/a*",
                "/topic/**/a",
                "/Topic/a",
                "/presence/topic/",
                "/presence/queue/a",
                "/topic/e\u0301",
                "/topic/a\u202eb",
                "/topic/a\u2028b",
                "/topic/a\u2029b",
                "/exchange/a"
            })
    void parse_otherSpelling_isRefused(String text) {
        assertThat(Destination.parse(text)).isEmpty();
    }

    @Test
    void isReserved_ownNames() {
        assertThat(Destination.topic("stompline/users").isReserved()).isTrue();
        assertThat(Destination.queue("stompline.commits").isReserved()).isTrue();
        assertThat(Destination.topic("stompliner/a").isReserved()).isFalse();
        assertThat(Destination.queue("mq/sys/dmq").isReserved()).isFalse();
    }
}
