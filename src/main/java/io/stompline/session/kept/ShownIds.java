package io.stompline.session.kept;

import io.stompline.bounds.RecentMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The ids of kept messages that one subscription has shown: those its client has, and the last 1,000 that it has
 * settled, which may come once more. Thread-safe; does not block.
 */
final class ShownIds {
    private static final int MAX_SETTLED = 1_000;

    private final Set<Long> open = new HashSet<>();
    private final Map<Long, Boolean> settled = new RecentMap<>(MAX_SETTLED);

    /** Whether it is new; then it is shown from now on. */
    synchronized boolean enter(long id) {
        return !settled.containsKey(id) && open.add(id);
    }

    /** It was not shown after all. */
    synchronized void withdraw(long id) {
        open.remove(id);
    }

    synchronized void settle(long id) {
        if (open.remove(id)) {
            settled.put(id, true);
        }
    }

    synchronized boolean has(long id) {
        return open.contains(id) || settled.containsKey(id);
    }

    synchronized Set<Long> all() {
        Set<Long> all = new HashSet<>(open);
        all.addAll(settled.keySet());
        return all;
    }
}
