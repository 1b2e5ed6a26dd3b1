package io.stompline.jms;

import io.stompline.broker.BusException;
import io.stompline.broker.BusException.Reason;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A fixed number of {@link Lane}s of one connection, made when they are first needed. Thread-safe. */
final class Lanes {
    /** What is done with a lane while it belongs to the caller. */
    @FunctionalInterface
    interface Work {
        void run(Lane lane) throws JMSException;
    }

    private final Connection connection;
    private final boolean transacted;
    private final Duration longestWait;
    private final Semaphore free;
    private final Deque<Lane> idle = new ConcurrentLinkedDeque<>();

    Lanes(Connection connection, boolean transacted, int count, Duration longestWait) {
        this.connection = connection;
        this.transacted = transacted;
        this.longestWait = longestWait;
        this.free = new Semaphore(count, true);
    }

    /**
     * Does that work with a lane.
     *
     * @throws BusException UNAVAILABLE if none becomes free in time
     */
    void use(Work work) throws JMSException {
        awaitFree();
        try {
            Lane lane = idle.poll();
            if (lane == null) {
                lane = new Lane(connection, transacted);
            }
            work.run(lane);
            idle.push(lane);
        } finally {
            free.release();
        }
    }

    private void awaitFree() {
        try {
            if (free.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new BusException(Reason.UNAVAILABLE, "the messaging system is too slow for what is published");
    }
}
