package io.stompline.e2e;

import org.junit.jupiter.api.Tag;

/** The same over events down and POSTs up. */
@Tag("long")
class StompJsByEventsIT extends StompJsIT {
    @Override
    String transport() {
        return "sse";
    }

    @Override
    void stompJs_textInBinaryMessages_isExchanged(String version) {
        // Only a WebSocket has text and binary messages.
    }

    @Override
    void stompJs_heartBeatsMissing_reconnects(String version) {
        // It stops a WebSocket.
    }
}
