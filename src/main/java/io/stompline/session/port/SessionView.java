package io.stompline.session.port;

import io.stompline.security.Caller;
import io.stompline.session.subscription.SubscriptionView;
import java.time.Instant;
import java.util.List;

/** What others may know and ask of a connection that has logged in. Thread-safe. */
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

    /**
     * Ends the connection with an ERROR frame that says why.
     *
     * @param reason a sentence for the client
     */
    void disconnect(String reason);
}
