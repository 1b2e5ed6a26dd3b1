package io.stompline.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class ThreadsTest {
    @Test
    void cpuNanos_ofAThread_isItsProcessorTime() throws InterruptedException {
        ToLongFunction<Thread> cpuNanos = Threads.cpuNanos();
        CountDownLatch release = new CountDownLatch(1);
        Thread sleeper = new Thread(() -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        sleeper.start();
        try {
            await().until(() -> sleeper.getState() == Thread.State.WAITING);
            long before = cpuNanos.applyAsLong(sleeper);
            long ours = cpuNanos.applyAsLong(Thread.currentThread());
            while (cpuNanos.applyAsLong(Thread.currentThread()) < ours + 50_000_000) {
                Thread.onSpinWait();
            }
            // It says that it waits a little before it does.
            assertThat(cpuNanos.applyAsLong(sleeper) - before).isBetween(0L, 10_000_000L);
        } finally {
            release.countDown();
        }
        sleeper.join();
    }
}
