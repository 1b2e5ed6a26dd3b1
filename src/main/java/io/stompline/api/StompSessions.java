package io.stompline.api;

import java.util.List;
import java.util.Optional;

/** The connected sessions, of this node or of all nodes. To be injected; thread-safe. */
public interface StompSessions {
    /** The clients of this node. */
    List<StompClient> onThisNode();

    /** How much this node has to do. It counts the clients one by one, which takes next to nothing once a second. */
    StompStatistics statistics();

    /**
     * The clients of all nodes. Asks the other nodes and waits a moment for their answers; nodes that do not answer in
     * time are left out.
     */
    List<StompClient> onAllNodes();

    /** The sessions of a user on all nodes. */
    default List<StompClient> ofUser(String user) {
        return onAllNodes().stream()
                .filter(client -> client.user().equals(user))
                .toList();
    }

    /** One session, on any node. */
    default Optional<StompClient> find(String sessionId) {
        return onAllNodes().stream()
                .filter(client -> client.sessionId().equals(sessionId))
                .findFirst();
    }

    /**
     * Ends a session, on whatever node it is; nothing if there is none. Fires {@link StompEvent.Expelled}.
     *
     * @param reason a sentence for the client
     * @throws PublishException if it is not on this node, and the message broker does not carry word to the others
     */
    void disconnect(String sessionId, String reason);

    /**
     * Ends all sessions of a user on all nodes. Fires {@link StompEvent.Expelled}.
     *
     * @param reason a sentence for the client
     * @throws PublishException if there are other nodes, and the message broker does not deliver the request to them;
     *     the user's sessions on this node are ended all the same
     */
    void disconnectUser(String user, String reason);
}
