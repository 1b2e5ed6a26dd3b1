package io.stompline.session.port;

import io.stompline.security.Caller;
import io.stompline.security.audit.Refused;
import io.stompline.session.subscription.SubscriptionView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A connection that has logged in, as others may know it and ask it. Thread-safe. */
public interface SessionView {
    /** Unguessable id of the session. */
    String id();

    /** The connected user. */
    Caller caller();

    /** The client's address, as far as known. */
    String remoteAddress();

    /** When it logged in. */
    Instant connectedSince();

    /** Its subscriptions now. */
    List<SubscriptionView> subscriptions();

    /** How many frames it sent, heart-beats not counted. */
    long framesReceived();

    /** How many messages were queued for it. */
    long messagesSent();

    /** The entry of the audit for a request that is refused to the caller. */
    default Refused refused(Refused.What what, String reason) {
        return new Refused(what, id(), remoteAddress(), Optional.of(caller().name()), reason);
    }

    /**
     * Ends the connection with an ERROR frame that says why.
     *
     * @param reason a sentence for the client
     */
    void disconnect(String reason);
}
