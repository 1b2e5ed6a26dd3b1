package io.stompline.http;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions over plain HTTP that are open on this node, by the name that their clients know. Thread-safe. */
@ApplicationScoped
public class HttpConnections {
    private final Map<String, HttpConnection> open = new ConcurrentHashMap<>();

    void add(String name, HttpConnection connection) {
        open.put(name, connection);
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
