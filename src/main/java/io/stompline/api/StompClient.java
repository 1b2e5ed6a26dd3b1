package io.stompline.api;

import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A connected browser or other client, as it was when it was asked for.
 *
 * @param sessionId unguessable id of the session
 * @param user the caller's name
 * @param groups the caller's groups
 * @param remoteAddress the client's address, as far as known
 * @param connectedSince when it logged in
 * @param subscriptions its open subscriptions
 * @param framesReceived how many frames came from it
 * @param messagesSent how many messages were sent to it
 * @param node the server that it is connected to
 */
public record StompClient(
        String sessionId,
        String user,
        Set<String> groups,
        String remoteAddress,
        Instant connectedSince,
        List<Subscription> subscriptions,
        long framesReceived,
        long messagesSent,
        String node) {
    /**
     * One subscription.
     *
     * @param id the client's; empty if it gave none (STOMP 1.0)
     * @param destination such as {@code /topic/news}
     * @param since when it was made
     */
    public record Subscription(String id, String destination, Instant since) {}

    /** The caller as a principal. */
    public Principal principal() {
        return () -> user;
    }
}
