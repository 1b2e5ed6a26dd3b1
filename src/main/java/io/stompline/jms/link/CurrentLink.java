package io.stompline.jms.link;

import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** The link in use, if there is one, and the threads that wait for it or for its end. Thread-safe. */
public final class CurrentLink {
    private final Duration longestWait;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Written with the lock, like all that follows; null while we are not connected. */
    private volatile BrokerLink link;

    /** The link on which a call failed; other callers do not get it until it was tested. */
    private volatile BrokerLink suspect;

    /** Whether the first attempt to connect has had its end. */
    private boolean attempted;

    private volatile boolean closed;

    /** Why there will never be a link; empty while there may be one. */
    private volatile Optional<String> hopeless = Optional.empty();

    /**
     * None yet.
     *
     * @param longestWait for the first link, and for one to close
     */
    public CurrentLink(Duration longestWait) {
        this.longestWait = longestWait;
    }

    Duration longestWait() {
        return longestWait;
    }

    /** Whether there is a link that is not in doubt. Does not block. */
    public boolean isUp() {
        return usable().isPresent();
    }

    /**
     * Checks that there is a link that is not in doubt. Does not block.
     *
     * @throws BusException UNAVAILABLE if there is none, FAILED if there never will be
     */
    public void check() {
        if (!isUp()) {
            throw missing();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * The link. Waits for the first connection only: later, callers fail at once while the message broker is away, so
     * that they hold no threads.
     *
     * @throws BusException UNAVAILABLE if there is none, FAILED if there never will be
     */
    public BrokerLink get() {
        return usable().or(this::awaitFirst).orElseThrow(this::missing);
    }

    private BusException missing() {
        return hopeless.map(why -> new BusException(Reason.FAILED, why))
                .orElseGet(() -> new BusException(Reason.UNAVAILABLE, "the message broker cannot be reached"));
    }

    private Optional<BrokerLink> awaitFirst() {
        waitWhile(() -> usable().isEmpty() && !attempted, longestWait);
        return usable();
    }

    private Optional<BrokerLink> usable() {
        BrokerLink now = link;
        return now == null || suspect == now ? Optional.empty() : Optional.of(now);
    }

    /** Sets a new link; false after the end. */
    boolean set(BrokerLink opened) {
        change(() -> {
            attempted = true;
            link = closed ? null : opened;
            suspect = null;
        });
        return !closed;
    }

    /** An attempt to connect failed. */
    void failed() {
        change(() -> attempted = true);
    }

    /** Notes that there will never be a link. */
    void giveUp(String why) {
        change(() -> {
            attempted = true;
            hopeless = Optional.of(why);
        });
    }

    /** Notes that a link is lost. Does not block. */
    void lost(BrokerLink broken) {
        broken.lose();
        change(() -> {
            attempted = true;
            link = link == broken ? null : link;
        });
    }

    /**
     * A request on that link failed in a way that may be the link's fault: it is tried and, if it does not answer,
     * lost. Does not block.
     */
    void suspect(BrokerLink doubtful) {
        change(() -> suspect = doubtful);
    }

    boolean isSuspect(BrokerLink opened) {
        return suspect == opened;
    }

    /** Notes that a link was tested, and works. */
    void trust(BrokerLink opened) {
        change(() -> suspect = suspect == opened ? null : suspect);
    }

    /** Waits until this link is lost or suspect, or that long; false if it is not in use any more. */
    boolean awaitTrouble(BrokerLink opened, Duration longest) {
        waitWhile(() -> isInUse(opened) && suspect != opened, longest);
        return isInUse(opened);
    }

    /** Waits that long, or until the end. */
    void pause(Duration time) {
        waitWhile(() -> true, time);
    }

    /** Ends this; returns the last link. */
    Optional<BrokerLink> close() {
        lock.lock();
        try {
            Optional<BrokerLink> last = Optional.ofNullable(link);
            change(() -> {
                closed = true;
                link = null;
            });
            return last;
        } finally {
            lock.unlock();
        }
    }

    private boolean isInUse(BrokerLink opened) {
        return link == opened && !opened.isLost();
    }

    /** An interrupted thread waits no more. */
    private void waitWhile(BooleanSupplier condition, Duration longest) {
        long nanos = longest.toNanos();
        lock.lock();
        try {
            while (nanos > 0 && !closed && condition.getAsBoolean()) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable step) {
        lock.lock();
        try {
            step.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
