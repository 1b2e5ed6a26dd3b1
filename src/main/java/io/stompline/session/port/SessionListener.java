package io.stompline.session.port;

import io.stompline.security.Caller;
import io.stompline.security.audit.Refused;
import io.stompline.session.subscription.SubscriptionView;

/**
 * Port: gets to know what happens on connections. Called on the lane of the connection, in order, each exactly once,
 * but for refusals; must not throw.
 */
public interface SessionListener {
    /** Ignores all events. */
    SessionListener NONE = new SessionListener() {};

    /** A client logged in. */
    default void connected(SessionView session) {}

    /**
     * A client that had logged in with a token showed a new one.
     *
     * @param before the caller as the former token said
     */
    default void renewed(SessionView session, Caller before) {}

    /** A client showed a new token that does not count. */
    default void renewalRefused(SessionView session, String reason) {}

    /** A subscription was made. */
    default void subscribed(SessionView session, SubscriptionView subscription) {}

    /** A subscription ended, by UNSUBSCRIBE or with the connection. */
    default void unsubscribed(SessionView session, SubscriptionView subscription) {}

    /** A client that had logged in is gone; its subscriptions ended before. */
    default void disconnected(SessionView session, String cause) {}

    /** A client does not read fast enough: the connection ends, or messages of a subscription were dropped. */
    default void slow(SessionView session, String detail) {}

    /** Something was refused, perhaps before there was a connection. Called on the thread that refuses. */
    default void refused(Refused refused) {}
}
