package io.stompline.session.opening;

import io.stompline.frame.Headers;
import io.stompline.routing.hub.Broadcast;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The first messages of a new subscriber, before the live stream: all of them, or those that fit at once. */
public interface Opening {
    /** Nothing: the live stream comes first. */
    static Opening none() {
        return new None();
    }

    /** The messages to be sent first, in order. */
    List<Broadcast> messages();

    /** What the frame of one of these messages says besides. */
    default Headers marks(Broadcast first) {
        return Headers.none();
    }

    /** What the frame of a message of the live stream says besides. It is kept as long as {@link #covered}. */
    default Function<Broadcast, Headers> liveMarks() {
        return live -> Headers.none();
    }

    /**
     * What follows when the client has taken these messages, still before the live stream; made when it is asked for.
     * The opening is not kept.
     */
    default Optional<Supplier<Opening>> rest() {
        return Optional.empty();
    }

    /**
     * Tells which messages of the live stream the opening has shown already; these are left out. It is kept as long as
     * the subscription, the opening is not.
     */
    Predicate<Broadcast> covered();

    /** See {@link #none()}. */
    record None() implements Opening {
        @Override
        public List<Broadcast> messages() {
            return List.of();
        }

        @Override
        public Predicate<Broadcast> covered() {
            return live -> false;
        }
    }
}
