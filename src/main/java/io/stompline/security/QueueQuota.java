package io.stompline.security;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits the queues that a user may make on this node: a queue that holds messages stays, with files and memory of the
 * message broker, until they are consumed. Thread-safe.
 */
public final class QueueQuota {
    private final int maxPerUser;
    private final Map<String, Set<String>> byUser = new ConcurrentHashMap<>();

    /** A quota; 0 is no limit. */
    public QueueQuota(int maxPerUser) {
        this.maxPerUser = maxPerUser;
    }

    /** Whether the user may send to that queue: one used before, or one more. */
    public boolean admits(String user, String queue) {
        if (maxPerUser == 0) {
            return true;
        }
        Set<String> used = byUser.computeIfAbsent(user, name -> ConcurrentHashMap.newKeySet());
        return used.contains(queue) || (used.size() < maxPerUser && used.add(queue));
    }

    /** The limit. */
    public int maxPerUser() {
        return maxPerUser;
    }
}
