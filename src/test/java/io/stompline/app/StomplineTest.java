package io.stompline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
    void goesOnWithPeriodicWorkThatFailsAndSaysThatItDid() {
        try (LogLines log = new LogLines(Stompline.class)) {
            Stompline.every(clock, Duration.ofMillis(1), this::failTwice);
            await().until(() -> runs.get() > 2);
            assertThat(log.all()).containsExactly("what runs every 1 ms failed", "what runs every 1 ms failed");
        }
    }

    private void failTwice() {
        switch (runs.incrementAndGet()) {
            case 1 -> throw new IllegalStateException("the first run fails");
            case 2 -> throw new AssertionError("the second fails worse");
            default -> {}
        }
    }
}
