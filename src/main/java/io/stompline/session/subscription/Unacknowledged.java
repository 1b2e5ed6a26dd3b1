package io.stompline.session.subscription;

import io.stompline.routing.Settleable;
import java.util.Optional;

/**
 * A message that a client has and has not acknowledged or refused.
 *
 * @param place in the order of delivery, from 1
 * @param delivery settled by ACK and NACK; empty for a message of a topic that nobody keeps
 */
record Unacknowledged(long place, Optional<Settleable> delivery) {}
