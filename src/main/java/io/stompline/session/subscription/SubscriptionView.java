package io.stompline.session.subscription;

import io.stompline.routing.Destination;
import java.time.Instant;
import java.util.Optional;

/**
 * One subscription as other packages see it.
 *
 * @param id the client's; STOMP 1.0 may give none
 * @param destination as the client named it, may be a pattern
 * @param durable whether its messages are kept while the client is away
 * @param since when it was made
 */
public record SubscriptionView(Optional<String> id, Destination destination, boolean durable, Instant since) {}
