package io.stompline.gateway;

import io.stompline.session.StompSession;
import io.stompline.session.protocol.StompError;
import io.stompline.threads.SerialLane;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Received bytes on their way to the session, which may be waiting for the message broker.
 *
 * <p>When too many wait, the receiving thread waits as well: the transport does not read, and TCP slows the sender
 * down. Only so many threads may wait, so that the server goes on to answer others. {@link #accept} and {@link
 * #offer}: one thread at a time, in the order of the bytes.
 */
public final class Inbox {
    /** One unit for each message and one for each so many of its octets: 64 small messages or half a MiB. */
    private static final int UNITS = 64;

    private static final int OCTETS_PER_UNIT = 8 * 1024;

    /** How much longer the receiving thread waits than a frame of the session may. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final StompSession session;
    private final SerialLane lane;
    private final Semaphore waitingThreads;
    private final Duration brokerTimeout;
    private final Semaphore room = new Semaphore(UNITS);

    /**
     * The way in to a session.
     *
     * @param waitingThreads how many threads of the server may wait here, over all connections
     * @param brokerTimeout how long a frame of the session may wait for the message broker
     */
    public Inbox(StompSession session, SerialLane lane, Semaphore waitingThreads, Duration brokerTimeout) {
        this.session = session;
        this.lane = lane;
        this.waitingThreads = waitingThreads;
        this.brokerTimeout = brokerTimeout;
    }

    /** The session: the transport tells it of signs of life and of its end. */
    public StompSession session() {
        return session;
    }

    /**
     * Takes received bytes for the session, which reads them on its lane. Waits while 64 messages or half a MiB wait; a
     * session that does not go on in time, or one more than the threads that may wait, ends with OVERLOADED.
     *
     * @param bytes in any cut; handed over, not changed any more
     */
    public void accept(ByteBuffer bytes) {
        if (!offer(bytes, maxWait())) {
            session.fail(StompError.OVERLOADED, "frames come faster than they can be carried out; wait for receipts");
        }
    }

    /**
     * Takes received bytes as {@link #accept} does, or leaves them to the transport, which may offer them again.
     *
     * @param bytes in any cut; handed over if they are taken
     * @param patience how long this may wait for room
     * @return whether they are taken; what comes to a session that has ended is, and goes nowhere
     */
    public boolean offer(ByteBuffer bytes, Duration patience) {
        session.heard();
        int units = Math.min(UNITS, 1 + bytes.remaining() / OCTETS_PER_UNIT);
        if (session.hasEnded()) {
            return true;
        }
        if (!makeRoom(units, patience)) {
            return false;
        }
        lane.execute(() -> {
            try {
                session.receive(bytes);
            } finally {
                room.release(units);
            }
        });
        return true;
    }

    /** Ends the session with an ERROR when it has read all that was accepted before. */
    public void fail(StompError error, String detail) {
        lane.execute(() -> session.fail(error, detail));
    }

    private boolean makeRoom(int units, Duration patience) {
        if (room.tryAcquire(units)) {
            return true;
        }
        boolean made = false;
        if (waitingThreads.tryAcquire()) {
            session.listen(false);
            try {
                made = room.tryAcquire(units, patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                session.listen(true);
                waitingThreads.release();
            }
        }
        return made;
    }

    /** After this time the session carries out no frame that a thread could wait for. */
    Duration maxWait() {
        return brokerTimeout.plus(MARGIN);
    }
}
