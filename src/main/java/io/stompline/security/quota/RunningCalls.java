package io.stompline.security.quota;

import java.util.HashMap;
import java.util.Map;

/**
 * How many calls of handlers and checks of the application run for each user, over all connections to this node. Each
 * may wait, and has a thread of those that carry out frames. Thread-safe.
 */
public final class RunningCalls {
    /** Half of these threads: the others are left for other users. */
    public static final int MAX_OF_USER = 32;

    /** Users without a call are not in it. */
    private final Map<String, Integer> byUser = new HashMap<>();

    /** Begins a call, unless so many run that it has to wait for {@link #hasRoom}. */
    public synchronized boolean begin(String user) {
        if (!hasRoom(user)) {
            return false;
        }
        byUser.merge(user, 1, Integer::sum);
        return true;
    }

    /** Begins a call that cannot wait, above the limit if need be: other calls of the user wait for it. */
    public synchronized void beginAtOnce(String user) {
        byUser.merge(user, 1, Integer::sum);
    }

    /** A call has ended. */
    public synchronized void end(String user) {
        byUser.computeIfPresent(user, (same, count) -> count == 1 ? null : count - 1);
    }

    /** Whether {@link #begin} may succeed now. */
    public synchronized boolean hasRoom(String user) {
        return byUser.getOrDefault(user, 0) < MAX_OF_USER;
    }
}
