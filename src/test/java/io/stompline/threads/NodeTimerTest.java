package io.stompline.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.BrokenLog;
import io.stompline.LogLines;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeTimerTest {
    private final NodeTimer timer = new NodeTimer(Thread::new);
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void end() {
        timer.close();
    }

    @Test
    void every_failingTask_goesOnAndIsLoggedOnceUntilItWorks() {
        try (LogLines log = new LogLines(NodeTimer.class)) {
            timer.every(Duration.ofMillis(1), this::workOnlyTheThirdTime);
            await().until(() -> runs.get() > 6);
            String said = "what runs every 1 ms failed, said once until it works again";
            assertThat(log.all()).containsExactly(said, said);
        }
    }

    @Test
    void every_failingTaskAndFailingLog_goesOn() {
        try (BrokenLog log = new BrokenLog(NodeTimer.class)) {
            timer.every(Duration.ofMillis(1), this::workOnlyTheThirdTime);
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
