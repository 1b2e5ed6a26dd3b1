package io.stompline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClosingTransportsTest {
    private final ClosingTransports closing = new ClosingTransports();

    @Test
    void closingTransports_none_waitForNothing() {
        closing.await(Duration.ofDays(1));
    }

    @Test
    void closingTransports_lastOneClosed_endsTheWaiting() throws Exception {
        Runnable first = closing.add();
        Runnable second = closing.add();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> closing.await(Duration.ofDays(1)));
        first.run();
        first.run();
        assertThat(waiting).isNotDone();
        second.run();
        waiting.get(10, TimeUnit.SECONDS);
    }

    @Test
    void closingTransports_clientThatNeverCloses_isNotWaitedForLonger() {
        closing.add();
        closing.await(Duration.ofMillis(1));
    }
}
