package io.stompline.api;

/**
 * Publishes messages to browsers and to everybody else who is subscribed. To be injected; thread-safe.
 *
 * <p>In a JTA transaction a message is part of it: subscribers see it after the commit and never after a rollback,
 * atomically with the database work of the same transaction. Without a transaction it is published at once. Either way
 * the payload is written during the call, so a later change to it is not sent.
 *
 * <p>A payload is a {@link String} (text), a {@code byte[]} (octets) or any other object, which is written as JSON by
 * Jackson; one without properties is refused, such as a lambda, unless it is a record or has an annotation of Jackson
 * at its class. The {@code ObjectMapper} bean of the application is used if it produces one. The {@code content-type}
 * header is set accordingly unless the options give one.
 *
 * <p>All methods throw {@link PublishException} if the message broker, or for a
 * {@linkplain PublishOptions#keptFor kept} one the database, does not take the message, and {@link
 * IllegalArgumentException} for a destination or payload that cannot be used.
 */
public interface StompPublisher {
    /**
     * Publishes to a topic or queue.
     *
     * @param destination such as {@code /topic/news} or {@code /queue/orders}
     */
    default void publish(String destination, Object payload) {
        publish(destination, payload, PublishOptions.NONE);
    }

    /** Publishes to a topic or queue with options. */
    void publish(String destination, Object payload, PublishOptions options);

    /**
     * Publishes to all sessions of a user, on every node, that are subscribed to that destination. A user who is not
     * connected misses the message, unless it is {@linkplain PublishOptions#keptFor kept}.
     *
     * @param user the caller's name
     * @param destination as the user subscribes to it, such as {@code /user/queue/alerts}; also without {@code /user}
     */
    default void publishToUser(String user, String destination, Object payload) {
        publishToUser(user, destination, payload, PublishOptions.NONE);
    }

    /** Publishes to all sessions of a user with options. */
    void publishToUser(String user, String destination, Object payload, PublishOptions options);

    /**
     * Publishes to one session, on whatever node it is, if it is subscribed to that destination.
     *
     * @param sessionId as in {@link StompClient#sessionId()}
     * @param destination as the session's user subscribes to it, such as {@code /user/queue/alerts}; also without
     *     {@code /user}
     */
    default void publishToSession(String sessionId, String destination, Object payload) {
        publishToSession(sessionId, destination, payload, PublishOptions.NONE);
    }

    /** Publishes to one session with options. */
    void publishToSession(String sessionId, String destination, Object payload, PublishOptions options);
}
