package io.stompline.e2e;

import org.junit.jupiter.api.Tag;

/** The same over polls and POSTs. */
@Tag("long")
class StompJsByPollsIT extends StompJsByEventsIT {
    @Override
    String transport() {
        return "poll";
    }
}
