package io.stompline.jms.link;

import io.stompline.jms.provider.ProviderDialect;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.ResourceAllocationException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A fixed number of {@link ProducerSession}s of one connection, made when they are first needed. Thread-safe. */
public final class ProducerPool {
    private static final Logger LOG = System.getLogger(ProducerPool.class.getName());

    /** The use of a session while it is borrowed. */
    @FunctionalInterface
    public interface Task {
        void run(ProducerSession session) throws JMSException;
    }

    private final Connection connection;
    private final boolean transacted;
    private final int maxDestinations;
    private final Duration longestWait;
    private final LongSupplier nanoClock;
    private final Semaphore free;
    private final Deque<ProducerSession> idle = new ConcurrentLinkedDeque<>();
    private final Deque<ProducerSession> retired = new ConcurrentLinkedDeque<>();

    /**
     * A pool of one connection.
     *
     * @param maxDestinations see {@link ProviderDialect#maxDestinationsPerProducer}
     * @param longestWait for a session that is free
     */
    ProducerPool(
            Connection connection,
            boolean transacted,
            int count,
            int maxDestinations,
            Duration longestWait,
            LongSupplier nanoClock) {
        this.connection = connection;
        this.transacted = transacted;
        this.maxDestinations = maxDestinations;
        this.longestWait = longestWait;
        this.nanoClock = nanoClock;
        this.free = new Semaphore(count, true);
    }

    /**
     * Does that task with a session. If the task fails, the session is closed and not used again, unless the failure is
     * a refusal.
     *
     * @throws BusException UNAVAILABLE if none becomes free in time
     */
    public void use(Task task) throws JMSException {
        awaitFree();
        try {
            ProducerSession session = idle.poll();
            use(
                    session == null ? new ProducerSession(connection, transacted, maxDestinations, nanoClock) : session,
                    task);
        } finally {
            free.release();
        }
    }

    /** Closes sessions that failed, and replaces old producers; may block as long as a request. */
    void tidy() {
        closeRetired();
        for (ProducerSession session : idle) {
            if (session.hasOld()) {
                replaceOld(session);
            }
        }
    }

    /** Replaces old producers of a session, unless it is in use or a caller waits for one. */
    private void replaceOld(ProducerSession session) {
        if (!free.tryAcquire()) {
            return;
        }
        try {
            if (idle.remove(session)) {
                use(session, ProducerSession::replaceOld);
            }
        } catch (JMSException e) {
            LOG.log(Level.DEBUG, "closing a producer: {0}", e.getMessage());
        } finally {
            free.release();
        }
    }

    private void closeRetired() {
        for (ProducerSession session = retired.poll(); session != null; session = retired.poll()) {
            session.close();
        }
    }

    private void use(ProducerSession session, Task task) throws JMSException {
        // The caller has waited long enough for a session that fails: somebody else closes it.
        Deque<ProducerSession> next = retired;
        try {
            task.run(session);
            next = idle;
        } catch (BusException | ResourceAllocationException refusal) {
            next = idle;
            throw refusal;
        } finally {
            next.push(session);
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
        throw new BusException(Reason.UNAVAILABLE, "the message broker is too slow for what is published");
    }
}
