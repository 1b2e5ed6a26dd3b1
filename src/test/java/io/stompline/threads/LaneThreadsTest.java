package io.stompline.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompline.BrokenLog;
import io.stompline.LogLines;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneThreadsTest {
    private final Queue<Thread> made = new ConcurrentLinkedQueue<>();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong cpuNanos = new AtomicLong();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile int most = Integer.MAX_VALUE;
    private final CountDownLatch release = new CountDownLatch(1);
    private final LaneThreads threads = new LaneThreads(2, 7, this::thread, nanos::get, thread -> cpuNanos.get());

    @AfterEach
    void end() {
        release.countDown();
        threads.shutdown();
    }

    @Test
    void adapt_waitingThreads_areReplaced() {
        blockWith(20);
        await().until(() -> waiting() == 2);
        for (int looks = 1; started.get() < 7; looks++) {
            assertThat(looks).isLessThan(20);
            threads.adapt();
            await().until(() -> started.get() == threads.size() && waiting() == threads.size());
        }
        threads.adapt();
        assertThat(threads.size()).isEqualTo(7);
        assertThat(threads.waiting()).isEqualTo(13);
    }

    @Test
    void adapt_runningThreads_addsNone() {
        runWithProcessorFor(Duration.ofMillis(11));
        assertThat(threads.size()).isEqualTo(2);
    }

    @Test
    void adapt_threadsWithLittleProcessorTime_areReplaced() {
        runWithProcessorFor(Duration.ofMillis(9));
        assertThat(threads.size()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void adapt_longTurns_areReplaced() {
        runEndlessly(20);
        await().until(() -> started.get() == 2);
        live(Duration.ofMillis(300));
        look();
        assertThat(threads.size()).isGreaterThanOrEqualTo(3);
        await().until(() -> started.get() == threads.size());
    }

    @Test
    void adapt_processStoodStill_countsTowardsNoTask() {
        runEndlessly(20);
        await().until(() -> started.get() == 2);
        live(Duration.ofMillis(50));
        pass(Duration.ofSeconds(10));
        look();
        assertThat(threads.size()).isEqualTo(2);
        live(Duration.ofMillis(100));
        look();
        assertThat(threads.size()).isGreaterThanOrEqualTo(3);
        await().until(() -> started.get() == threads.size());
    }

    @Test
    void adapt_nothingQueued_addsNone() {
        blockWith(2);
        await().until(() -> waiting() == 2);
        look();
        assertThat(threads.size()).isEqualTo(2);
    }

    @Test
    void threadLimit_reached_worksWithTheExistingThreads() {
        most = 1;
        blockWith(1);
        run(1, () -> {});
        assertThat(threads.waiting()).isEqualTo(1);
        release.countDown();
        await().until(() -> started.get() == 2);
    }

    @Test
    void threadLimit_reached_isLoggedOnceAndTriedNowAndThen() {
        most = 1;
        blockWith(1);
        await().until(() -> waiting() == 1);
        try (LogLines log = new LogLines(LaneThreads.class)) {
            blockWith(10);
            assertThat(refused.get()).as("tries for ten tasks").isEqualTo(1);
            look();
            assertThat(refused.get()).as("tries in eight looks").isBetween(2, 9);
            assertThat(log.all()).hasSize(1);

            most = 2;
            await().until(() -> {
                threads.adapt();
                return waiting() == 2;
            });
            look();
            assertThat(refused.get()).isGreaterThan(9);
            assertThat(log.all()).as("one was made meanwhile").hasSize(2);
        }
        assertThat(threads.waiting()).isEqualTo(9);
        release.countDown();
        await().until(() -> started.get() == 11);
    }

    @Test
    void threadLimit_failingLog_losesNoTask() {
        most = 1;
        blockWith(1);
        try (BrokenLog log = new BrokenLog(LaneThreads.class)) {
            run(1, () -> {});
            assertThat(log.tries()).isEqualTo(1);
        }
        release.countDown();
        await().until(() -> started.get() == 2);
    }

    @Test
    void execute_noThreadAtAll_isRejected() {
        most = 0;
        assertThatThrownBy(() -> run(1, () -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void adapt_calm_shrinksThePool() {
        blockWith(3);
        await().until(() -> waiting() == 2);
        look();
        int size = threads.size();
        assertThat(size).isGreaterThan(2);
        release.countDown();
        await().until(() -> threads.busy() == 0);

        look();
        live(Duration.ofSeconds(9));
        assertThat(threads.size()).isEqualTo(size);
        live(Duration.ofSeconds(22));
        assertThat(threads.size()).isEqualTo(2);
        blockWith(1);
        await().until(() -> started.get() == 4);
    }

    /** Has tasks of 101 ms run and looks after each; in two, each thread has a processor for so long. */
    private void runWithProcessorFor(Duration ofEach) {
        for (int i = 0; i < 100; i++) {
            threads.execute(() -> {
                int mine = turn.get();
                started.incrementAndGet();
                while (turn.get() == mine && release.getCount() > 0) {
                    Thread.onSpinWait();
                }
            });
        }
        await().until(() -> started.get() == 2);
        for (int i = 1; i <= 10; i++) {
            int before = started.get();
            turn.incrementAndGet();
            await().until(() -> started.get() >= before + threads.size());
            pass(Duration.ofMillis(101));
            if (i % 2 == 0) {
                cpuNanos.addAndGet(ofEach.toNanos());
            }
            threads.adapt();
        }
    }

    /** Lets time pass while the process runs. */
    private void live(Duration time) {
        for (long left = time.toMillis(); left > 0; left -= 25) {
            pass(Duration.ofMillis(25));
            threads.adapt();
        }
    }

    private void look() {
        for (int i = 0; i < 8; i++) {
            threads.adapt();
        }
    }

    /** How many of our threads wait. */
    private int waiting() {
        return (int) made.stream()
                .filter(thread -> thread.getState() == Thread.State.WAITING)
                .count();
    }

    private void runEndlessly(int tasks) {
        run(tasks, () -> {
            while (release.getCount() > 0) {
                Thread.onSpinWait();
            }
        });
    }

    private void blockWith(int tasks) {
        run(tasks, () -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void run(int tasks, Runnable task) {
        for (int i = 0; i < tasks; i++) {
            threads.execute(() -> {
                started.incrementAndGet();
                task.run();
            });
        }
    }

    private Thread thread(Runnable task) {
        if (made.size() == most) {
            refused.incrementAndGet();
            throw new OutOfMemoryError("no thread");
        }
        Thread thread = new Thread(task);
        made.add(thread);
        return thread;
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
