package io.stompline.session.subscription;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which connection of this node holds which durable subscription. Thread-safe; nothing blocks. */
public final class DurableHolders {
    /** By name at the message broker, which names the owner of the subscription. */
    private final Map<String, Subscription.Owner> holders = new ConcurrentHashMap<>();

    /** That connection consumes the subscription from now on. */
    void add(String durableName, Subscription.Owner holder) {
        holders.put(durableName, holder);
    }

    /** That connection has closed its consumer; does nothing if another holds the subscription already. */
    void remove(String durableName, Subscription.Owner holder) {
        holders.remove(durableName, holder);
    }

    boolean isHeldBy(String durableName, Subscription.Owner holder) {
        return holder.equals(holders.get(durableName));
    }

    /** The connection that holds the subscription, unless it is that one. */
    Optional<Subscription.Owner> otherThan(Subscription.Owner own, String durableName) {
        return Optional.ofNullable(holders.get(durableName)).filter(holder -> !holder.equals(own));
    }
}
