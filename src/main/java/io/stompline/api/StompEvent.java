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
     * A client that logged in with a token showed a new one, which counts from now on.
     *
     * @param before the user as the former token said
     * @param after the same user as the new token says
     * @param expires when the new token expires
     */
    record Renewed(StompClient client, StompCaller before, StompCaller after, Instant expires) implements StompEvent {
        @Override
        public String sessionId() {
            return client.sessionId();
        }
    }

    /**
     * A client showed a new token that does not count: it is no good, of another user, or a {@link StompRenewalCheck}
     * does not permit it.
     *
     * @param reason a sentence
     */
    record RenewalRefused(StompClient client, String reason) implements StompEvent {
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
     * A login, a connection too many or a destination was refused.
     *
     * @param user who, if that is known
     */
    record Refused(String sessionId, String remoteAddress, Optional<String> user, String reason)
            implements StompEvent {}
}
