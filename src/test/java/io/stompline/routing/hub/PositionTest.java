package io.stompline.routing.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
    @Test
    void parse_itsText_isThePosition() {
        Position position = new Position("k3f2q", 10_571, 1_795_899_123_456L);
        assertThat(position.text()).isEqualTo("k3f2q.10571.1795899123456");
        assertThat(Position.parse(position.text())).contains(position);
    }

    @Test
    void parse_positionOfSomebodyWhoCameFromAnotherNode_saysUpToWhen() {
        Position position = new Position("k3f2q", 10_571, 1_795_899_123_456L, 1_795_899_128_456L);
        assertThat(position.text()).isEqualTo("k3f2q.10571.1795899123456_1795899128456");
        assertThat(Position.parse(position.text())).contains(position);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "k3f2q.7",
                "k3f2q.-1.5",
                "k3f2q.07.5",
                "K3F2Q.7.5",
                "k3f2q.7.5.6",
                ".7.5",
                "k.7.5 ",
                "k.9999999999999999999.5",
                "k.7.9999999999999999",
                "k.7.5_",
                "k.7.5_0",
                "k.7.5_9999999999999999"
            })
    void parse_anythingElse_isNone(String text) {
        assertThat(Position.parse(text)).isEmpty();
    }
}
