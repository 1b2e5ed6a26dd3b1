package io.stompline.session.subscription;

import io.stompline.routing.Destination;
import io.stompline.security.Action;
import io.stompline.session.protocol.AckMode;
import io.stompline.session.protocol.OverflowPolicy;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The terms of a SUBSCRIBE, and their consequences.
 *
 * @param id the client's; STOMP 1.0 may give none
 * @param actions what its client has to be allowed as long as it is open
 * @param noLocal whether the connection's own messages are left out
 * @param formerSession the session that its client had before; what is not for that one is left out, too
 * @param held whether no message is sent before {@link Subscription#begin}
 * @param overflow treatment of messages that the client has no room for
 * @param since when it was made
 */
record SubscriptionTerms(
        Optional<String> id,
        Destination destination,
        AckMode ackMode,
        Set<Action> actions,
        boolean noLocal,
        Optional<String> formerSession,
        boolean held,
        OverflowPolicy overflow,
        Instant since) {

    /** The part of it that other packages may see. */
    SubscriptionView view() {
        return new SubscriptionView(id, destination, actions, since);
    }

    /** Names the subscription in a text for humans. */
    String label() {
        return id.orElse(destination.text());
    }
}
