package io.stompline.beans.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.routing.BusException;
import org.junit.jupiter.api.Test;

class LateFailuresTest {
    private final LateFailures failures = new LateFailures();

    @Test
    void unwatch_givesTheFirstFailureSinceWatch() {
        BusException first = new BusException(BusException.Reason.FULL, "first");
        failures.watch();
        failures.note(first);
        failures.note(new BusException(BusException.Reason.FULL, "second"));
        assertThat(failures.unwatch()).containsSame(first);
        failures.watch();
        assertThat(failures.unwatch()).isEmpty();
    }

    @Test
    void note_whereNobodyWatches_isForgotten() {
        failures.note(new BusException(BusException.Reason.FULL, "earlier"));
        failures.watch();
        assertThat(failures.unwatch()).isEmpty();
    }
}
