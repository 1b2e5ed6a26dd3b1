package io.stompline.e2e;

import org.junit.jupiter.api.Tag;

/** The same over events down and POSTs up. */
@Tag("long")
class StompJsByEventsIT extends StompJsIT {
    @Override
    String transport() {
        return "sse";
    }
}
