package io.stompline.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.metrics.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingsTest {
    private final ManualSchedule threads = new ManualSchedule();
    private final Readings readings = new Readings(new Workers(threads, new Metrics()));
    private final List<Integer> read = new ArrayList<>();
    private final List<Runnable> ends = new ArrayList<>();

    private void begin(int count) {
        for (int i = 0; i < count; i++) {
            int number = ends.size();
            ends.add(readings.begin(() -> read.add(number)));
        }
        threads.pass(Duration.ZERO);
    }

    private void end(int number) {
        ends.get(number).run();
        threads.pass(Duration.ZERO);
    }

    @Test
    void read_manyAtOnce_areReadInOrderWhenOthersAreShown() {
        begin(Readings.AT_A_TIME + 3);
        assertThat(read).hasSize(Readings.AT_A_TIME).isSorted();
        end(5);
        end(5);
        assertThat(read).hasSize(Readings.AT_A_TIME + 1).endsWith(Readings.AT_A_TIME);
        end(Readings.AT_A_TIME + 1);
        end(0);
        assertThat(read).endsWith(Readings.AT_A_TIME, Readings.AT_A_TIME + 2);
        begin(1);
        assertThat(read).hasSize(Readings.AT_A_TIME + 2);
        ends.forEach(Runnable::run);
        threads.pass(Duration.ZERO);
        assertThat(read).hasSize(Readings.AT_A_TIME + 2);
        begin(Readings.AT_A_TIME);
        assertThat(read).hasSize(2 * Readings.AT_A_TIME + 2);
    }

    @Test
    void read_endedBeforeItsTurn_isNotRead() {
        ends.add(readings.begin(() -> read.add(0)));
        ends.get(0).run();
        threads.pass(Duration.ofMinutes(1));
        assertThat(read).isEmpty();
        assertThat(threads.waiting()).isZero();
    }
}
