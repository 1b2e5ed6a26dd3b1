package io.stompline.history;

import io.stompline.routing.Destination;
import java.util.Optional;

/**
 * What somebody may read of the past: a topic, the topics of a pattern, or a destination of one user.
 *
 * @param user the user, for a destination of kind {@code USER}
 */
public record KeptDestination(Destination destination, Optional<String> user) {
    /** What a subscriber reads of that name. */
    public static KeptDestination of(Destination destination, String subscriber) {
        boolean own = destination.kind() == Destination.Kind.USER;
        return new KeptDestination(destination, own ? Optional.of(subscriber) : Optional.empty());
    }
}
