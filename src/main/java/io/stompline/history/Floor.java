package io.stompline.history;

/**
 * How far back something may be missing.
 *
 * @param number messages of this node up to that number
 * @param millis messages that came, or were published, up to that time
 */
record Floor(long number, long millis) {
    /** Nothing is missing. */
    static final Floor NONE = new Floor(0, 0);

    /** The one message may be missing, and what came before it. */
    static Floor of(Entry entry) {
        return new Floor(entry.number(), entry.latestMillis());
    }

    /** Both. */
    Floor and(Floor other) {
        return new Floor(Math.max(number, other.number), Math.max(millis, other.millis));
    }
}
