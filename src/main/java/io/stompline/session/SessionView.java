package io.stompline.session;

import io.stompline.broker.Destination;
import io.stompline.security.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What others may know and ask of a connection that has logged in. Thread-safe. */
public interface SessionView {
    /**
     * One subscription.
     *
     * @param id the client's; STOMP 1.0 may give none
     * @param since when it was made
     */
    record SubscriptionView(Optional<String> id, Destination destination, Instant since) {}

    /** Unguessable id of the session. */
    String id();

    /** Who is connected. */
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
