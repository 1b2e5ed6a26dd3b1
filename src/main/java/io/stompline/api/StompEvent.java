package io.stompline.api;

import java.time.Instant;
import java.util.Optional;

/**
 * What happened on a connection of this node: fired as a CDI event, each exactly once, for one connection in order.
 *
 * <pre>{@code void joined(@Observes StompEvent.Subscribed event)}</pre>
 *
 * <p>Synchronous observers hold up that connection only; an exception in one is logged.
 */
public sealed interface StompEvent {
    /** The session that it is about. */
    String sessionId();

    /** A client logged in. */
    record Connected(StompClient client) implements StompEvent {
        @Override
        public String sessionId() {
            return client.sessionId();
        }
    }

    /**
     * A client that logged in with a token showed a new one; its roles are those of the new token. A token that is no
     * good is {@link Refused}.
     *
     * @param expires when the new token expires
     */
    record Renewed(StompClient client, Instant expires) implements StompEvent {
        @Override
        public String sessionId() {
            return client.sessionId();
        }
    }

    /** A subscription was made. */
    record Subscribed(StompClient client, StompClient.Subscription subscription) implements StompEvent {
        @Override
        public String sessionId() {
            return client.sessionId();
        }
    }

    /** A subscription ended, by UNSUBSCRIBE or with the connection. */
    record Unsubscribed(StompClient client, StompClient.Subscription subscription) implements StompEvent {
        @Override
        public String sessionId() {
            return client.sessionId();
        }
    }

    /**
     * A client that had logged in is gone.
     *
     * @param cause a sentence: disconnected by itself, lost, sent a wrong frame, …
     */
    record Disconnected(StompClient client, String cause) implements StompEvent {
        @Override
        public String sessionId() {
            return client.sessionId();
        }
    }

    /** A client did not read fast enough and is being disconnected. */
    record SlowClient(StompClient client, String detail) implements StompEvent {
        @Override
        public String sessionId() {
            return client.sessionId();
        }
    }

    /**
     * A login or the renewal of its token, a connection too many or a destination was refused.
     *
     * @param user who, if that is known
     */
    record Refused(String sessionId, String remoteAddress, Optional<String> user, String reason)
            implements StompEvent {}
}
