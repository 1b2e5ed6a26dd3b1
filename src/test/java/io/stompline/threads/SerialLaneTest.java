package io.stompline.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.session.Later;
import io.stompline.session.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SerialLaneTest {
    private final List<String> done = new ArrayList<>();

    @Test
    void lane_tasks_runInOrderOneAtATime() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        SerialLane lane = new SerialLane(threads);
        List<Integer> order = new ArrayList<>();
        CountDownLatch all = new CountDownLatch(1_000);
        for (int i = 0; i < 1_000; i++) {
            int task = i;
            lane.execute(() -> {
                order.add(task);
                all.countDown();
            });
        }
        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        threads.shutdown();
        assertThat(order).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void pause_laterTasks_waitUntilResumed() {
        SerialLane lane = new SerialLane(Runnable::run);
        lane.execute(() -> {
            done.add("pause");
            lane.pause();
        });
        lane.execute(() -> done.add("later"));
        assertThat(done).containsExactly("pause");
        lane.resume(() -> done.add("first"));
        assertThat(done).containsExactly("pause", "first", "later");
        lane.resume(() -> done.add("never"));
        assertThat(done).hasSize(3);
    }

    @Test
    void executeFirst_tasksWait_goesBeforeThemAndAfterThePresentOne() {
        SerialLane lane = new SerialLane(Runnable::run);
        lane.execute(() -> {
            lane.execute(() -> done.add("later"));
            lane.executeFirst(() -> done.add("first"));
            lane.executeFirst(() -> done.add("second"));
            done.add("present");
        });
        assertThat(done).containsExactly("present", "first", "second", "later");
    }

    @Test
    void executeFirst_pausedLane_runsAndStaysPaused() {
        SerialLane lane = new SerialLane(Runnable::run);
        lane.execute(lane::pause);
        lane.execute(() -> done.add("later"));
        lane.executeFirst(() -> done.add("first"));
        assertThat(done).containsExactly("first");
        assertThat(lane.isIdle()).isFalse();
        lane.resume();
        assertThat(done).containsExactly("first", "later");
        assertThat(lane.isIdle()).isTrue();
    }

    @Test
    void executeFirst_beforeItsTurn_isNotIdle() {
        Later thread = new Later();
        SerialLane lane = new SerialLane(thread);
        lane.executeFirst(() -> done.add("first"));
        assertThat(lane.isIdle()).isFalse();
        thread.runNext();
        assertThat(lane.isIdle()).isTrue();
    }

    @Test
    void turn_64TasksOrSomeTime_yieldsTheThread() {
        ManualClock clock = new ManualClock();
        Later thread = new Later();
        SerialLane lane = new SerialLane(thread, clock);
        for (int i = 0; i < 100; i++) {
            Duration takes = i < 64 ? Duration.ZERO : Duration.ofMillis(4);
            lane.execute(() -> {
                done.add("task");
                clock.pass(takes);
            });
        }
        thread.runNext();
        assertThat(done).hasSize(64);
        thread.runNext();
        assertThat(done).as("after 50 ms").hasSize(64 + 13);
    }

    @Test
    void lane_taskThrowsException_goesOn() {
        SerialLane lane = new SerialLane(Runnable::run);
        lane.execute(() -> {
            throw new IllegalStateException("as intended");
        });
        lane.execute(() -> done.add("next"));
        assertThat(done).containsExactly("next");
    }

    @Test
    void lane_taskThrowsError_goesOn() {
        SerialLane lane = new SerialLane(Runnable::run);
        lane.execute(() -> {
            throw new AssertionError("as intended");
        });
        lane.execute(() -> done.add("next"));
        assertThat(done).containsExactly("next");
    }
}
