package io.stompline.session.rights;

import io.stompline.config.Setting;
import io.stompline.security.audit.Refused;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Has the open subscriptions of one connection checked again from time to time, whatever its client does: before the
 * frames that wait, between two frames that came in one message, and while the rate of the client holds its lane back.
 * A connection that could not be checked in time ends, since nobody knows what its user may still read.
 *
 * <p>{@link #look} on the thread of the checks, the other methods on the lane.
 */
public final class DueRecheck {
    /** Shortest time for a check: one frame before it, or the check itself, may wait for a database. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** 2 to the power of 32, divided by the golden ratio: parts neighbouring hashes (Knuth, TAOCP 6.4). */
    private static final int GOLDEN = 0x9E3779B9;

    /** The connection, as it is ended. Thread-safe; does not wait. */
    public interface Connection {
        /** Whether it is ending or has ended. */
        boolean hasEnded();

        /**
         * Sends an ERROR and closes.
         *
         * @param cause for the log only
         */
        void fail(StompError error, String detail, Optional<Throwable> cause);
    }

    private final Duration every;
    private final LongSupplier nanoClock;
    private final Supplier<Optional<Recheck>> current;
    private final Connection connection;
    private final Executor first;
    private volatile boolean asked;
    private volatile boolean unfinished;
    private long askedNanos;

    /**
     * For a connection that was just opened. The first check comes after a part of the interval that the id of the
     * session decides: clients that all connect at once, as after a restart, are not checked all at once.
     *
     * @param every time between two checks; zero for none
     * @param current what there is to check; empty before the login
     * @param first runs a task on the lane before all that waits there
     */
    public DueRecheck(
            Duration every,
            String sessionId,
            LongSupplier nanoClock,
            Supplier<Optional<Recheck>> current,
            Connection connection,
            Executor first) {
        this.every = every;
        this.nanoClock = nanoClock;
        this.current = current;
        this.connection = connection;
        this.first = first;
        this.askedNanos = nanoClock.getAsLong() - (long) (part(sessionId) * every.toNanos());
    }

    /** From 0 to 1. */
    private static double part(String sessionId) {
        return ((sessionId.hashCode() * GOLDEN) >>> 1) / (double) Integer.MAX_VALUE;
    }

    /** Asks for the check that is due, or ends the connection if the one before took too long. */
    public void look() {
        long sinceNanos = nanoClock.getAsLong() - askedNanos;
        if (every.isZero() || sinceNanos < every.toNanos()) {
            return;
        }
        if (!unfinished) {
            ask();
        } else if (sinceNanos >= PATIENCE.toNanos()) {
            connection.fail(
                    StompError.OVERLOADED,
                    "the rights of open subscriptions could not be checked again for "
                            + TimeUnit.NANOSECONDS.toMillis(sinceNanos)
                            + " ms (" + Setting.ACCESS_RECHECK.key()
                            + "): a handler, a check of access or the message broker takes too long",
                    Optional.empty());
        }
    }

    private void ask() {
        askedNanos = nanoClock.getAsLong();
        if (current.get().filter(Recheck::mayFindSomething).isPresent()) {
            unfinished = true;
            asked = true;
            first.execute(this::runIfAsked);
        }
    }

    /** Checks now if that is due. May wait for the application and the message broker. */
    public void runIfAsked() {
        if (!asked) {
            return;
        }
        asked = false;
        if (!connection.hasEnded()) {
            run();
        }
        unfinished = false;
    }

    /** Checks now. On the lane; may wait for the application and the message broker. */
    public void run() {
        current.get().ifPresent(this::run);
    }

    private void run(Recheck recheck) {
        try {
            recheck.run();
        } catch (StompException e) {
            connection.fail(e.error(), e.getMessage(), Optional.empty());
            if (e.error().isRefusal()) {
                recheck.audit().refused(recheck.session().refused(Refused.What.DESTINATION, e.forLog("")));
            }
        } catch (RuntimeException | Error e) {
            // Nobody knows which subscriptions are allowed.
            connection.fail(
                    StompError.INTERNAL,
                    "the server failed to check the rights of open subscriptions; its log says more",
                    Optional.of(e));
        }
    }
}
