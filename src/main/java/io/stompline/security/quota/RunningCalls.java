package io.stompline.security.quota;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How many calls of handlers and checks of the application run for each user, over all connections to this node. Each
 * may wait, and has a thread of those that carry out frames, of which there are 64. Thread-safe.
 */
public final class RunningCalls {
    /** Half of the threads: the others are left for other users. */
    public static final int MAX_OF_USER = 32;

    /** Three quarters of the threads: so many calls run of users who have another one. */
    public static final int MAX = 48;

    /** Seven eighths, together with the first call of others. The rest is left for frames that call nothing. */
    static final int MAX_WITH_FIRST = 56;

    /** Users without a call are not in it. */
    private final Map<String, Integer> byUser = new HashMap<>();

    private int running;

    /** Begins a call, unless so many run that it has to wait for {@link #hasRoom}. */
    public synchronized boolean begin(String user) {
        boolean begins = hasRoom(user);
        if (begins) {
            beginAtOnce(user);
        }
        return begins;
    }

    /**
     * Makes a call of that user.
     *
     * @return what it gives; empty if so many run that it has to wait for {@link #hasRoom}
     */
    public <T> Optional<T> call(String user, Supplier<T> task) {
        if (!begin(user)) {
            return Optional.empty();
        }
        try {
            return Optional.of(task.get());
        } finally {
            end(user);
        }
    }

    /** Begins a call that cannot wait, above the limits if need be: other calls wait for it. */
    public synchronized void beginAtOnce(String user) {
        byUser.merge(user, 1, Integer::sum);
        running++;
    }

    /** A call has ended. */
    public synchronized void end(String user) {
        byUser.computeIfPresent(user, (same, count) -> count == 1 ? null : count - 1);
        running--;
    }

    /** Whether {@link #begin} may succeed now. */
    public synchronized boolean hasRoom(String user) {
        int ofUser = byUser.getOrDefault(user, 0);
        return ofUser < MAX_OF_USER && running < (ofUser == 0 ? MAX_WITH_FIRST : MAX);
    }
}
