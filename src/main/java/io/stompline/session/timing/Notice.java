package io.stompline.session.timing;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The notice that one connection is given when the server stops: it ends when nothing is left to be done on it, or when
 * its patience is over. Thread-safe.
 */
public final class Notice {
    /**
     * What was said.
     *
     * @param sinceNanos when
     * @param retryAfter when the client should come again, from its end on
     */
    private record Given(long sinceNanos, Duration patience, Duration retryAfter) {}

    private final LongSupplier nanoClock;
    private Optional<Given> given = Optional.empty();

    /** None is given yet. */
    public Notice(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Gives it; only the first call counts. */
    public synchronized void give(Duration patience, Duration retryAfter) {
        if (given.isEmpty()) {
            given = Optional.of(new Given(nanoClock.getAsLong(), patience, retryAfter));
        }
    }

    /** Whether it was given. */
    public synchronized boolean isGiven() {
        return given.isPresent();
    }

    /**
     * When the client should come again, if the connection has to end now.
     *
     * @param nothingLeft whether nothing is left to be done; does not block
     */
    public synchronized Optional<Duration> due(BooleanSupplier nothingLeft) {
        return given.filter(notice -> isOver(notice) || nothingLeft.getAsBoolean())
                .map(Given::retryAfter);
    }

    private boolean isOver(Given notice) {
        return nanoClock.getAsLong() - notice.sinceNanos() >= notice.patience().toNanos();
    }
}
