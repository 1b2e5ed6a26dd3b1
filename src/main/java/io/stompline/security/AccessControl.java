package io.stompline.security;

import io.stompline.routing.Destination;
import java.util.Optional;
import java.util.Set;

/**
 * Port: who may do what with which destination. A CDI bean; an application replaces it by an alternative.
 *
 * <p>Thread-safe. Called on the lane of the connection, so that it may block. It holds up that connection, and
 * others of the user when 32 handlers and checks run for one user. An exception counts as a refusal.
 */
public interface AccessControl {
    /**
     * Decides on one frame. Reserved names never come here: {@link Permissions} refuses them.
     *
     * @param destination of SEND and {@code reply-to} never a pattern
     * @return why it is refused; empty if it is allowed
     */
    Optional<Refusal> decide(Caller caller, Action action, Destination destination);

    /**
     * Whether it may refuse later what it allows now, or may block. Then open subscriptions are checked from time to
     * time.
     */
    default boolean changesItsMind() {
        return true;
    }

    /** Roles on which a decision may depend; a server that maps groups to roles is asked for these. */
    default Set<String> roles() {
        return Set.of();
    }
}
