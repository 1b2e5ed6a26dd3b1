package io.stompline.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.session.protocol.CloseStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSocketWireTest {
    @ParameterizedTest
    @CsvSource({
        "NORMAL, 1000",
        "GOING_AWAY, 1001",
        "PROTOCOL_ERROR, 1002",
        "POLICY_VIOLATION, 1008",
        "TOO_BIG, 1009",
        "INTERNAL_ERROR, 1011",
        "TRY_AGAIN_LATER, 1013"
    })
    void closeStatus_hasACodeOfRfc6455(CloseStatus status, int code) {
        assertThat(WebSocketWire.code(status).getCode()).isEqualTo(code);
    }
}
