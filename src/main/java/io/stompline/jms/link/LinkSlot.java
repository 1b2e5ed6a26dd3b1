package io.stompline.jms.link;

import jakarta.jms.JMSException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Holds what one feed runs over a {@link BrokerLink}: over the newest link it was given, and nothing after it was
 * closed. Thread-safe.
 *
 * @param <T> what runs
 */
public final class LinkSlot<T extends LinkSlot.Occupant> {
    private static final Logger LOG = System.getLogger(LinkSlot.class.getName());

    /** A consumer that runs over one link, and ends with it. Thread-safe. */
    public interface Occupant {
        /** Listens again, see {@link io.stompline.jms.provider.JmsProvider#listenAgain}; does nothing after the end. */
        void listenAgain() throws JMSException;

        /** Releases threads that wait in a receiver; the link is lost or being closed. Idempotent. */
        void release();

        /** Ends it and waits for its listener. */
        void close() throws JMSException;
    }

    /** Starts what runs. */
    @FunctionalInterface
    public interface Starter<T> {
        T start() throws JMSException;
    }

    private long newestLink = Long.MIN_VALUE;
    private Optional<T> occupant = Optional.empty();
    private boolean closed;

    /**
     * Starts an occupant unless one runs over this link or a newer one: that one listens again. The occupant of an
     * older link ended with it.
     *
     * @param link {@link BrokerLink#number()}
     * @throws JMSException if it could not start; the next call tries again
     */
    public synchronized void fill(long link, Starter<T> starter) throws JMSException {
        if (!closed && link > newestLink) {
            T started = starter.start();
            release();
            occupant = Optional.of(started);
            newestLink = link;
        } else if (occupant.isPresent()) {
            occupant.get().listenAgain();
        }
    }

    /** Whether something ran here before: what starts now follows a gap. */
    public synchronized boolean wasFilled() {
        return newestLink != Long.MIN_VALUE;
    }

    /** Releases threads that wait in the occupant's receiver. */
    public synchronized void release() {
        occupant.ifPresent(Occupant::release);
    }

    /**
     * Ends the occupant and takes no other. Idempotent. Waits for the occupant without a lock: if the message broker
     * hangs, {@link #fill} must not wait too when the next link asks.
     */
    public void close() {
        Optional<T> last = end();
        if (last.isPresent()) {
            try {
                last.get().close();
            } catch (JMSException | RuntimeException e) {
                // The connection is lost, and the consumer with it.
                LOG.log(Level.DEBUG, "closing a consumer: {0}", e.getMessage());
            }
        }
    }

    private synchronized Optional<T> end() {
        closed = true;
        Optional<T> last = occupant;
        occupant = Optional.empty();
        return last;
    }
}
