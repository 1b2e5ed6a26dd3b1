package io.stompline.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/topic/a",
                "/topic/a/b",
                "/queue/größe",
                "/user/queue/a",
                "/app/x/y",
                "/temp-queue/1",
                "/topic/*/b/**"
            })
    void readsWhatItWrites(String text) {
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
                "/topic/e\u0301",
                "/topic/a\u202eb",
                "/exchange/a"
            })
    void refusesWhatHasAnotherWayOfWriting(String text) {
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
