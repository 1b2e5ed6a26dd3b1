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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sender", "snapshot", "user-name", "version", "JMSXUserID", "stompline_origin", "receipt", "requeue",
                "sender ", "\tsender", "\u00a0sender", "sender\ufeff", " JMSXUserID", "timestamp ", "reply-to ",
                        "\rversion"
            })
    void isForClients_wordOfTheServer_no(String name) {
        assertThat(HeaderNames.isForClients(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-type", "Sender", "x-version", "jmsx", "stompline", "reply-to", " x "})
    void isForClients_headerOfTheMessage_yes(String name) {
        assertThat(HeaderNames.isForClients(name)).isTrue();
    }
}
