package io.stompline.app;

import io.stompline.threads.LaneThreads;
import io.stompline.threads.NodeTimer;
import io.stompline.threads.SerialLane;
import io.stompline.threads.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of a node: they carry out frames, write to clients, and do what is due from time to time. Thread-safe.
 */
final class NodeThreads {
    private static final int MAX_LANE_THREADS = 64;

    private final List<ExecutorService> writers = new ArrayList<>();
    private final AtomicInteger writersGiven = new AtomicInteger();
    private final LaneThreads lanes;
    private final NodeTimer timer;

    /**
     * Starts them; they end when the base is closed.
     *
     * @param writers threads that send to clients
     */
    NodeThreads(int writers, NodeBase base) {
        openWriters(writers, base);
        lanes = new LaneThreads(
                minLaneThreads(), MAX_LANE_THREADS, base.threads().apply("lane"), System::nanoTime, Threads.cpuNanos());
        base.open().add(lanes::shutdown);
        timer = new NodeTimer(base.threads().apply("clock"));
        base.open().add(timer::close);
        timer.every(LaneThreads.ADAPTS_EVERY, lanes::adapt);
    }

    private void openWriters(int count, NodeBase base) {
        ThreadFactory threads = base.threads().apply("writer");
        for (int i = 0; i < count; i++) {
            ExecutorService writer = Executors.newSingleThreadExecutor(threads);
            base.open().add(writer::shutdown);
            writers.add(writer);
        }
    }

    private static int minLaneThreads() {
        return Math.min(MAX_LANE_THREADS, Math.max(4, 2 * Runtime.getRuntime().availableProcessors()));
    }

    /** The writer of one more connection, each in turn. */
    Executor writer() {
        return writers.get(Math.floorMod(writersGiven.getAndIncrement(), writers.size()));
    }

    /** A lane of its own for one more connection. */
    SerialLane newLane() {
        return new SerialLane(lanes);
    }

    /** What all lanes run on. */
    LaneThreads lanes() {
        return lanes;
    }

    /** Runs what is due from time to time. */
    NodeTimer timer() {
        return timer;
    }
}
