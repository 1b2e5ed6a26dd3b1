package io.stompline.jms.link;

import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.ResourceAllocationException;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A fixed number of {@link Lane}s of one connection, made when they are first needed. Thread-safe. */
public final class Lanes {
    /** What is done with a lane while it belongs to the caller. */
    @FunctionalInterface
    public interface Work {
        void run(Lane lane) throws JMSException;
    }

    private final Connection connection;
    private final boolean transacted;
    private final Duration longestWait;
    private final Semaphore free;
    private final Deque<Lane> idle = new ConcurrentLinkedDeque<>();
    private final Deque<Lane> retired = new ConcurrentLinkedDeque<>();

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
    public void use(Work work) throws JMSException {
        awaitFree();
        try {
            Lane lane = idle.poll();
            use(lane == null ? new Lane(connection, transacted) : lane, work);
        } finally {
            free.release();
        }
    }

    /** Closes lanes that failed; may block as long as a request. */
    void closeRetired() {
        for (Lane lane = retired.poll(); lane != null; lane = retired.poll()) {
            lane.close();
        }
    }

    private void use(Lane lane, Work work) throws JMSException {
        // The caller has waited long enough for a lane that fails: somebody else closes it.
        Deque<Lane> next = retired;
        try {
            work.run(lane);
            next = idle;
        } catch (BusException | ResourceAllocationException refusal) {
            next = idle;
            throw refusal;
        } finally {
            next.push(lane);
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
