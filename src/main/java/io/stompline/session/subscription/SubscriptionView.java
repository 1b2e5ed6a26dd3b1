package io.stompline.session.subscription;

import io.stompline.routing.Destination;
import io.stompline.security.Action;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One subscription as other packages see it.
 *
 * @param id the client's; STOMP 1.0 may give none
 * @param destination as the client named it, may be a pattern
 * @param actions what its client has to be allowed as long as it is open
 * @param since when it was made
 */
public record SubscriptionView(Optional<String> id, Destination destination, Set<Action> actions, Instant since) {}
