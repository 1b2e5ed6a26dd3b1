package io.stompline.jms;

import io.stompline.broker.BusException;
import io.stompline.broker.BusException.Reason;
import jakarta.jms.JMSException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps us connected: opens a {@link BrokerLink}, sees it lost, opens the next. One attempt at a time, in one thread. Thread-safe. */
final class JmsConnections implements AutoCloseable {
    private static final Logger LOG = System.getLogger(JmsConnections.class.getName());

    /** How often feeds that could not be reopened are tried again while the link is up. */
    private static final long UPKEEP_MILLIS = 5_000;

    /** Opens connections. */
    @FunctionalInterface
    interface Opener {
        BrokerLink open(long number) throws JMSException;
    }

    /** What belongs on a link that is up; called when a link is new and now and then. */
    @FunctionalInterface
    interface Upkeep {
        void on(BrokerLink link);
    }

    private final Opener opener;
    private final Upkeep upkeep;
    private final BackOff backOff;
    private final Duration longestWait;
    private final Runnable onReconnect;
    private final ThreadFactory threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by lock; null while we are not connected. */
    private BrokerLink link;

    /** Guarded by lock: the link that a caller had trouble with. */
    private BrokerLink suspect;

    private volatile boolean closed;
    private long number;
    private boolean wasConnected;
    private final SparseLog downLog = new SparseLog(LOG);

    /**
     * Not connected yet; {@link #start} begins.
     *
     * @param longestWait of {@link #await}
     * @param onReconnect called after every link but the first
     */
    JmsConnections(
            Opener opener,
            Upkeep upkeep,
            BackOff backOff,
            Duration longestWait,
            Runnable onReconnect,
            ThreadFactory threads) {
        this.opener = opener;
        this.upkeep = upkeep;
        this.backOff = backOff;
        this.longestWait = longestWait;
        this.onReconnect = onReconnect;
        this.threads = threads;
    }

    void start() {
        threads.newThread(this::run).start();
    }

    boolean isUp() {
        lock.lock();
        try {
            return link != null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The link, waiting for it if we are not connected.
     *
     * @throws BusException UNAVAILABLE if there is none in time
     */
    BrokerLink await() {
        long nanos = longestWait.toNanos();
        lock.lock();
        try {
            while (link == null && nanos > 0 && !closed) {
                nanos = changed.awaitNanos(nanos);
            }
            if (link != null) {
                return link;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        throw new BusException(Reason.UNAVAILABLE, "the messaging system cannot be reached");
    }

    /** That link is lost. Does not block. */
    void lost(BrokerLink broken) {
        broken.lose();
        lock.lock();
        try {
            if (link == broken) {
                link = null;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A request on that link failed in a way that may be the link's fault: it is tried and, if it does not answer, lost. Does not block. */
    void suspect(BrokerLink doubtful) {
        lock.lock();
        try {
            suspect = doubtful;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        BrokerLink last;
        lock.lock();
        try {
            closed = true;
            last = link;
            link = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (last != null) {
            close(last);
        }
    }

    /** Waits for it no longer than for a request. */
    private void close(BrokerLink last) {
        Thread closing = threads.newThread(last::close);
        closing.start();
        try {
            closing.join(Math.max(1, longestWait.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                BrokerLink opened = opener.open(++number);
                serve(opened);
            } catch (JMSException | RuntimeException e) {
                downLog.warn("the messaging system cannot be reached", e);
                pause(backOff.nextMillis());
            }
        }
    }

    private void serve(BrokerLink opened) {
        try {
            upkeep.on(opened);
            if (!opened.isLost() && publish(opened)) {
                announce();
                watch(opened);
            }
        } finally {
            lost(opened);
            // It may take long to say goodbye to a system that hangs.
            threads.newThread(opened::close).start();
        }
        pause(backOff.nextMillis());
    }

    private boolean publish(BrokerLink opened) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            link = opened;
            suspect = null;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void announce() {
        backOff.reset();
        LOG.log(Level.INFO, "connected to the messaging system");
        if (wasConnected) {
            onReconnect.run();
        }
        wasConnected = true;
    }

    private void watch(BrokerLink opened) {
        while (awaitTrouble(opened)) {
            if (takeSuspect(opened) && !opened.answers()) {
                lost(opened);
            } else {
                upkeep.on(opened);
            }
        }
        if (!closed) {
            LOG.log(Level.WARNING, "the connection to the messaging system is lost");
        }
    }

    /** Waits until something is to be done; false if the link is not in use any more. */
    private boolean awaitTrouble(BrokerLink opened) {
        lock.lock();
        try {
            long nanos = TimeUnit.MILLISECONDS.toNanos(UPKEEP_MILLIS);
            while (link == opened && !opened.isLost() && suspect != opened && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return link == opened && !opened.isLost();
        } catch (InterruptedException e) {
            closed = true;
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean takeSuspect(BrokerLink opened) {
        lock.lock();
        try {
            boolean suspected = suspect == opened;
            suspect = null;
            return suspected;
        } finally {
            lock.unlock();
        }
    }

    private void pause(long millis) {
        lock.lock();
        try {
            long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!closed && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
