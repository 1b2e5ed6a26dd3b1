package io.stompline.security.quota;

import io.stompline.bounds.RecentMap;
import io.stompline.config.Setting;
import io.stompline.routing.Destination;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Limits the different destinations of a user on this node. Thread-safe.
 *
 * <p>Queues that the user sends to count for ever: a queue that holds messages stays, with files and memory of the
 * message broker, until they are consumed. Topics, and queues that the user reads, count for two minutes: the message
 * broker keeps each of them in memory, also without a reader, for two to three minutes. What is neither a topic nor a
 * queue does not count.
 */
public final class DestinationQuota {
    private static final long WINDOW_NANOS = Duration.ofMinutes(2).toNanos();

    private record Brief(Set<String> destinations, long sinceNanos) {}

    private final int maxQueues;
    private final int maxBrief;
    private final LongSupplier nanoClock;
    private final Map<String, Set<String>> queues = new ConcurrentHashMap<>();

    /** Guarded by this, as is {@link #sweptNanos}. */
    private final Map<String, Brief> brief = new RecentMap<>(Quotas.REMEMBERED_USERS);

    private long sweptNanos;

    /**
     * A quota; 0 is no limit.
     *
     * @param maxQueues different queues that a user may send to
     * @param maxBrief different topics, and queues to read, that a user may use in two minutes
     */
    public DestinationQuota(int maxQueues, int maxBrief, LongSupplier nanoClock) {
        this.maxQueues = maxQueues;
        this.maxBrief = maxBrief;
        this.nanoClock = nanoClock;
        this.sweptNanos = nanoClock.getAsLong();
    }

    /**
     * Counts a destination that a user may use, unless it is one too many.
     *
     * @param sends whether the user, or who replies to the user, sends to it
     * @return why it is too many; empty if the user may use it
     */
    public Optional<String> excess(String user, Destination destination, boolean sends) {
        return switch (destination.kind()) {
            case QUEUE -> sends ? ofQueues(user, destination) : ofBrief(user, destination);
            case TOPIC -> ofBrief(user, destination);
            case TEMP_QUEUE, USER, APP, PRESENCE -> Optional.empty();
        };
    }

    private Optional<String> ofQueues(String user, Destination queue) {
        if (maxQueues == 0) {
            return Optional.empty();
        }
        if (admitsQueue(queues.computeIfAbsent(user, name -> ConcurrentHashMap.newKeySet()), queue.name())) {
            return Optional.empty();
        }
        return Optional.of("this user has sent to more than " + maxQueues + " different queues ("
                + Setting.QUEUE_MAX_PER_USER.key() + ")");
    }

    private boolean admitsQueue(Set<String> used, String queue) {
        if (used.contains(queue)) {
            return true;
        }
        // Sessions of one user may send to a new queue at the same time.
        synchronized (used) {
            return admits(used, queue, maxQueues);
        }
    }

    /** The message broker makes it, and drops it again. A pattern makes no topic. */
    private Optional<String> ofBrief(String user, Destination destination) {
        if (maxBrief == 0 || destination.isPattern() || admitsBrief(user, destination.text())) {
            return Optional.empty();
        }
        return Optional.of("this user has used more than " + maxBrief
                + " different topics and queues to read within two minutes (" + Setting.TOPIC_MAX_PER_USER.key() + ")");
    }

    private synchronized boolean admitsBrief(String user, String destination) {
        return admits(brief(user).destinations(), destination, maxBrief);
    }

    /** Called with a lock of the set. */
    private static boolean admits(Set<String> used, String destination, int max) {
        return used.contains(destination) || (used.size() < max && used.add(destination));
    }

    private Brief brief(String user) {
        Brief known = brief.get(user);
        long now = nanoClock.getAsLong();
        if (known == null || now - known.sinceNanos() >= WINDOW_NANOS) {
            forgetOld(now);
            known = new Brief(new HashSet<>(), now);
            brief.put(user, known);
        }
        return known;
    }

    /** At most once in a window, for it looks at all users. */
    private void forgetOld(long now) {
        if (now - sweptNanos >= WINDOW_NANOS) {
            brief.values().removeIf(used -> now - used.sinceNanos() >= WINDOW_NANOS);
            sweptNanos = now;
        }
    }
}
