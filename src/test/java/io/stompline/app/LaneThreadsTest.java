package io.stompline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneThreadsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger started = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);
    private final LaneThreads threads = new LaneThreads(2, 7, Thread::new, nanos::get);

    @AfterEach
    void end() {
        release.countDown();
        threads.shutdown();
    }

    @Test
    void staysSmallWhileWorkDoesNotWaitForLong() {
        blockWith(5);
        pass(Duration.ofMillis(50));
        threads.adapt();
        assertThat(threads.size()).isEqualTo(2);
        assertThat(threads.waiting()).isEqualTo(3);
    }

    @Test
    void growsWhileWorkWaitsUpToTheMost() {
        blockWith(20);
        await().until(() -> started.get() == 2);
        for (int expected : new int[] {4, 7, 7}) {
            pass(Duration.ofMillis(60));
            threads.adapt();
            await().until(() -> started.get() == expected);
            assertThat(threads.size()).isEqualTo(expected);
        }
    }

    @Test
    void isSmallAgainAfterACalmWhile() {
        blockWith(3);
        pass(Duration.ofMillis(60));
        threads.adapt();
        assertThat(threads.size()).isEqualTo(4);
        release.countDown();
        await().until(() -> threads.busy() == 0);

        pass(Duration.ofSeconds(10));
        threads.adapt();
        assertThat(threads.size()).isEqualTo(4);
        pass(Duration.ofSeconds(1));
        threads.adapt();
        assertThat(threads.size()).isEqualTo(2);
        blockWith(1);
        await().until(() -> started.get() == 4);
    }

    private void blockWith(int tasks) {
        for (int i = 0; i < tasks; i++) {
            threads.execute(() -> {
                started.incrementAndGet();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
