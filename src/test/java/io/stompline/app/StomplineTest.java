package io.stompline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.BrokenLog;
import io.stompline.LogLines;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StomplineTest {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void end() {
        clock.shutdownNow();
    }

    @Test
    void goesOnWithPeriodicWorkThatFailsAndSaysSoOnceUntilItWorks() {
        try (LogLines log = new LogLines(Stompline.class)) {
            Stompline.every(clock, Duration.ofMillis(1), this::workOnlyTheThirdTime);
            await().until(() -> runs.get() > 6);
            String said = "what runs every 1 ms failed, said once until it works again";
            assertThat(log.all()).containsExactly(said, said);
        }
    }

    @Test
    void goesOnEvenIfTheLogFailsToo() {
        try (BrokenLog log = new BrokenLog(Stompline.class)) {
            Stompline.every(clock, Duration.ofMillis(1), this::workOnlyTheThirdTime);
            await().until(() -> runs.get() > 6);
            assertThat(log.tries()).isEqualTo(2);
        }
    }

    private void workOnlyTheThirdTime() {
        switch (runs.incrementAndGet()) {
            case 1 -> throw new IllegalStateException("the first run fails");
            case 3 -> {}
            default -> throw new AssertionError("others fail worse");
        }
    }
}
