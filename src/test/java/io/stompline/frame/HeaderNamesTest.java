package io.stompline.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ack",
                "content-length",
                "destination",
                "message-id",
                "receipt",
                "receipt-id",
                "redelivered",
                "subscription",
                "timestamp",
                "transaction"
            })
    void isPassedOn_headerOfOneFrameOrSetByTheServer_no(String name) {
        assertThat(HeaderNames.isPassedOn(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-type", "reply-to", "priority", "Receipt", "x-ack", ""})
    void isPassedOn_headerOfTheMessage_yes(String name) {
        assertThat(HeaderNames.isPassedOn(name)).isTrue();
    }
}
