package io.stompline.api;

/**
 * What is kept for users until they acknowledge it, see {@link PublishOptions#keptFor}. To be injected; thread-safe.
 */
public interface StompInbox {
    /**
     * How many messages are kept for a user at a destination: published, not acknowledged and not expired. Those of the
     * caller's transaction count.
     *
     * @param user the caller's name
     * @param destination as for {@link StompPublisher#publishToUser}, such as {@code /user/queue/alerts}
     * @throws PublishException if the database does not answer, or none is set
     * @throws IllegalArgumentException for a destination that cannot be used
     */
    int unread(String user, String destination);
}
