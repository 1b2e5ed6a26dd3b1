package io.stompline.jms.link;

import java.time.Duration;
import java.util.function.LongUnaryOperator;

/**
 * How long to wait before the next attempt: twice as long every time, then a random part of that. One thread at a time.
 */
public final class BackOff {
    private final long minMillis;
    private final long maxMillis;
    private final LongUnaryOperator random;
    private long capMillis;

    /** @param random a number from 0 to below the given one */
    public BackOff(Duration min, Duration max, LongUnaryOperator random) {
        this.minMillis = Math.max(1, min.toMillis());
        this.maxMillis = Math.max(minMillis, max.toMillis());
        this.random = random;
        this.capMillis = minMillis;
    }

    /** The next pause: anything from nothing to the cap, so that many nodes do not come back at the same moment. */
    Duration next() {
        long pause = random.applyAsLong(capMillis + 1);
        capMillis = Math.min(maxMillis, capMillis * 2);
        return Duration.ofMillis(pause);
    }

    /** An attempt succeeded. */
    void reset() {
        capMillis = minMillis;
    }
}
