package io.stompline.routing.hub;

import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;

/**
 * Which messages of this node a subscriber may have received on another one before it came here. These are marked, and
 * its positions say so, too, until all of them have come. Immutable.
 *
 * @param sentUpTo those published up to that time, in milliseconds since 1970
 * @param cameUpTo what comes to this node later was published later
 */
public record Doubles(long sentUpTo, long cameUpTo) {
    /** None: it was here. */
    public static final Doubles NONE = new Doubles(0, 0);

    private static final String TRUE = "true";

    /** What the frame of a message says besides. */
    public Headers marks(Broadcast message) {
        if (message.position().isEmpty() || !concerns(message.position().get())) {
            return Headers.none();
        }
        Headers.Builder marks = new Headers.Builder();
        if (message.message().sentMillis() <= sentUpTo) {
            marks.add(HeaderNames.REDELIVERED, TRUE);
        }
        return marks.add(HeaderNames.STREAM_OFFSET, of(message.position().get()).text())
                .build();
    }

    /** A position of this node, as the subscriber is told it. */
    public Position of(Position here) {
        return concerns(here) ? here.elsewhere(sentUpTo) : here;
    }

    private boolean concerns(Position here) {
        return sentUpTo > 0 && here.millis() <= cameUpTo;
    }
}
