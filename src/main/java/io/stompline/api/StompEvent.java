package io.stompline.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An event on this node, fired through CDI. Events of a connection are fired on its node, each exactly once and
 * in order. {@link Refused} and {@link RenewalRefused} are limited in number. {@link Expelled} is fired on each node
 * that it concerns, {@link Joined} and {@link Left} on one node for all.
 *
 * <pre>{@code void joined(@Observes StompEvent.Subscribed event)}</pre>
 *
 * <p>Synchronous observers hold up that connection only; an exception in one is logged.
 */
public sealed interface StompEvent {
    /** The session that it is about; empty if there was none, or if the sessions of a user are meant. */
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

    /**
     * A user is in a topic of {@code stompline.presence} who was not there before. Fired on one of the nodes: on any,
     * and once, as long as the nodes hear one another.
     */
    record Joined(String topic, StompPresence.Member member) implements StompEvent {
        @Override
        public String sessionId() {
            return "";
        }
    }

    /**
     * The last connection of a user has left a topic of {@code stompline.presence}, and the user did not come back
     * within 5 s. Fired like {@link Joined}.
     */
    record Left(String topic, StompPresence.Member member) implements StompEvent {
        @Override
        public String sessionId() {
            return "";
        }
    }

    /** A client did not read fast enough: it is being disconnected, or has lost messages of a subscription. */
    record SlowClient(StompClient client, String detail) implements StompEvent {
        @Override
        public String sessionId() {
            return client.sessionId();
        }
    }

    /**
     * Something was refused to somebody. Before a login at most 60 of one address in a minute are told, and 1,000 of
     * all addresses; to users who logged in 60 of one user, and 1,000 of all.
     *
     * @param kind what was refused
     * @param sessionId empty if there was no session yet
     * @param user who, or who it claimed to be, if that is known
     * @param reason a sentence without secrets
     */
    record Refused(Kind kind, String sessionId, String remoteAddress, Optional<String> user, String reason)
            implements StompEvent {
        /** Kinds of what is refused. */
        public enum Kind {
            /** A connection, before it opens: its origin, or a limit. Once a minute for each reason. */
            HANDSHAKE,
            /** A request for a host that is not this server's. Once a minute for each host. */
            REQUEST,
            /** A login, or a connection too many of its user. */
            LOGIN,
            /** A destination, by an access rule, {@code AccessControl} or because it is reserved. */
            DESTINATION,
            /** A handler method, by its roles or those of what it calls. */
            HANDLER,
            /** The metrics. */
            METRICS,
            /** The description of the application for clients. */
            ASYNCAPI
        }
    }

    /**
     * Sessions were ended by {@link StompSessions#disconnect} or {@link StompSessions#disconnectUser}: fired on the
     * node where that was called, and on each other node where it ended some.
     *
     * @param sessionId of the session that was meant; empty if those of a user were meant
     * @param user whose sessions were meant; empty if one session was meant
     * @param by the user of the thread that called it, if the container knows one
     * @param reason what the clients were told
     * @param ended the sessions that it ended on this node
     */
    record Expelled(
            String sessionId, Optional<String> user, Optional<String> by, String reason, List<StompClient> ended)
            implements StompEvent {}
}
