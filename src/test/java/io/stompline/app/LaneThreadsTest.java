package io.stompline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneThreadsTest {
    private final Queue<Thread> made = new ConcurrentLinkedQueue<>();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger started = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);
    private final LaneThreads threads = new LaneThreads(2, 7, this::thread, nanos::get);

    @AfterEach
    void end() {
        release.countDown();
        threads.shutdown();
    }

    @Test
    void replacesThreadsThatWait() {
        blockWith(20);
        for (int expected : new int[] {2, 4, 6, 7, 7}) {
            await().until(() -> started.get() == expected && threads.busy() == waiting());
            assertThat(threads.size()).isEqualTo(expected);
            threads.adapt();
        }
        assertThat(threads.waiting()).isEqualTo(13);
    }

    @Test
    void addsNoneWhileAllRun() {
        runEndlessly(20);
        await().until(() -> started.get() == 2);
        for (int i = 0; i < 5; i++) {
            pass(Duration.ofMillis(20));
            threads.adapt();
        }
        assertThat(threads.size()).isEqualTo(2);
    }

    @Test
    void replacesThreadsThatRunForLong() {
        runEndlessly(20);
        await().until(() -> started.get() == 2);
        pass(Duration.ofMillis(101));
        threads.adapt();
        await().until(() -> started.get() == 4);
    }

    @Test
    void isSmallAgainAfterACalmWhile() {
        blockWith(3);
        await().until(() -> waiting() == 2);
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

    /** How many of our threads wait. */
    private int waiting() {
        return (int) made.stream()
                .filter(thread -> thread.getState() == Thread.State.WAITING)
                .count();
    }

    private void runEndlessly(int tasks) {
        for (int i = 0; i < tasks; i++) {
            threads.execute(() -> {
                started.incrementAndGet();
                while (release.getCount() > 0) {
                    Thread.onSpinWait();
                }
            });
        }
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

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task);
        made.add(thread);
        return thread;
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
