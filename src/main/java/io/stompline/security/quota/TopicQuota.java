package io.stompline.security.quota;

import io.stompline.bounds.RecentMap;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Limits the different topics that a user uses, and the different queues that it subscribes to, in a short time on this
 * node: the message broker keeps each of them in memory, also without a reader, for two to three minutes. Thread-safe.
 */
public final class TopicQuota {
    private static final long WINDOW_NANOS = Duration.ofMinutes(2).toNanos();

    private record Used(Set<String> destinations, long sinceNanos) {}

    private final int maxPerUser;
    private final LongSupplier nanoClock;
    private long sweptNanos;
    private final Map<String, Used> byUser = new RecentMap<>(Quotas.REMEMBERED_USERS);

    /** A quota; 0 is no limit. */
    public TopicQuota(int maxPerUser, LongSupplier nanoClock) {
        this.maxPerUser = maxPerUser;
        this.nanoClock = nanoClock;
        this.sweptNanos = nanoClock.getAsLong();
    }

    /**
     * Whether the user may use that topic, or read that queue: one used within the two minutes, or one more.
     *
     * @param destination as in a frame
     */
    public synchronized boolean admits(String user, String destination) {
        if (maxPerUser == 0) {
            return true;
        }
        Set<String> used = used(user).destinations();
        return used.contains(destination) || (used.size() < maxPerUser && used.add(destination));
    }

    private Used used(String user) {
        Used known = byUser.get(user);
        long now = nanoClock.getAsLong();
        if (known == null || now - known.sinceNanos() >= WINDOW_NANOS) {
            forgetOld(now);
            known = new Used(new HashSet<>(), now);
            byUser.put(user, known);
        }
        return known;
    }

    /** At most once in a window, for it looks at all users. */
    private void forgetOld(long now) {
        if (now - sweptNanos >= WINDOW_NANOS) {
            byUser.values().removeIf(used -> now - used.sinceNanos() >= WINDOW_NANOS);
            sweptNanos = now;
        }
    }

    /** The limit. */
    public int maxPerUser() {
        return maxPerUser;
    }
}
