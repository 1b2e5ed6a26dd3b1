package io.stompline.http;

import io.stompline.session.StompSession;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions over plain HTTP that are open on this node, by the name that their clients know. Thread-safe. */
@ApplicationScoped
public class HttpConnections {
    private final Map<String, HttpConnection> open = new ConcurrentHashMap<>();
    private final AwaitedConnects awaited = new AwaitedConnects();

    void add(String name, HttpConnection connection) {
        open.put(name, connection);
    }

    /** Whether a client at that address may open one more session that polls. */
    boolean hasRoomForPolls(String address) {
        return awaited.hasRoom(address);
    }

    /** One was opened that polls: until it connects it counts towards the limits of {@link #hasRoomForPolls}. */
    void awaitConnect(StompSession session, String address) {
        awaited.add(address, () -> session.isConnected() || session.hasEnded());
    }

    Optional<HttpConnection> find(String name) {
        return Optional.ofNullable(open.get(name));
    }

    /** Forgets one that is closed. Idempotent. */
    void remove(String name) {
        Optional.ofNullable(open.remove(name)).ifPresent(HttpConnection::close);
    }

    /** How many there are. */
    int count() {
        return open.size();
    }
}
