package io.stompline.security.quota;

import io.stompline.routing.BrokerStore;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Limits the durable subscriptions of a user, abandoned ones included: each keeps messages until its client is back.
 * Begins with those that the message broker lists, or with none. Thread-safe.
 *
 * <p>A name begins with the user and a slash.
 */
public final class DurableQuota {
    private final int maxPerUser;
    private final BrokerStore store;
    private final Set<String> names = new HashSet<>();
    private boolean begun;

    /** A place that a subscription has. */
    public interface Place {
        /** Gives the place back if the subscription is new: it could not be opened. */
        void withdraw();
    }

    DurableQuota(int maxPerUser, BrokerStore store) {
        this.maxPerUser = maxPerUser;
        this.store = store;
    }

    /** The limit; 0 is none. */
    public int maxPerUser() {
        return maxPerUser;
    }

    /**
     * Takes the place of a durable subscription, which may be there already.
     *
     * @return empty if its user has as many others as may be
     */
    public synchronized Optional<Place> take(String name) {
        begin();
        if (names.contains(name)) {
            return Optional.of(() -> {});
        }
        if (maxPerUser > 0 && countOfUser(name) >= maxPerUser) {
            return Optional.empty();
        }
        names.add(name);
        return Optional.of(() -> forget(name));
    }

    /** The durable subscription is deleted. */
    public synchronized void forget(String name) {
        names.remove(name);
    }

    private void begin() {
        if (!begun) {
            Optional<Set<String>> known = store.durableNames();
            known.ifPresent(names::addAll);
            begun = known.isPresent();
        }
    }

    private long countOfUser(String name) {
        String user = name.substring(0, name.indexOf('/') + 1);
        return names.stream().filter(other -> other.startsWith(user)).count();
    }
}
