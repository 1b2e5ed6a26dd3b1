package io.stompline.session.subscription;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Asks the connection that holds a durable subscription for a sign of life when its client comes back on another one: a
 * network that dies silently leaves the old connection open for as long as heart-beats allow. Several SUBSCRIBEs may
 * wait at a time: one that came, and one that the message broker was away for. On the lane only.
 */
final class Takeover {
    /** A connection to another node that gives no sign of life is gone by then. */
    private static final Duration ELSEWHERE = Duration.ofSeconds(4);

    /** How often the message broker is asked meanwhile. */
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final Subscription.Owner owner;
    private final ClientLinks links;
    private final LongSupplier nanoClock;

    /** The holders that SUBSCRIBEs have waited for, by durable name. */
    private final Map<String, Subscription.Owner> asked = new HashMap<>();

    /** Since when SUBSCRIBEs wait for other nodes, in nanoseconds, by durable name. */
    private final Map<String, Long> waitingSince = new HashMap<>();

    Takeover(Subscription.Owner owner, ClientLinks links, LongSupplier nanoClock) {
        this.owner = owner;
        this.links = links;
        this.nanoClock = nanoClock;
    }

    /**
     * Pings the holder, if there is one, at the first attempt of a SUBSCRIBE; at the second one the subscription is
     * free, or its holder is alive and keeps it.
     *
     * @return whether the SUBSCRIBE can come again, asked on any thread; empty if it need not wait
     */
    Optional<BooleanSupplier> begin(String durableName) {
        Optional<Subscription.Owner> holder = links.otherThan(owner, durableName);
        Optional<Subscription.Owner> before = Optional.ofNullable(asked.remove(durableName));
        if (holder.equals(before)) {
            return Optional.empty();
        }
        holder.ifPresent(other -> asked.put(durableName, other));
        return holder.map(other -> outcome(other, durableName));
    }

    private BooleanSupplier outcome(Subscription.Owner holder, String durableName) {
        BooleanSupplier alive = holder.challenge();
        return () -> !links.isHeldBy(durableName, holder) || alive.getAsBoolean();
    }

    /**
     * The message broker says that somebody consumes the durable subscription. If it is nobody here, has the other
     * nodes ask who holds it there, at the first attempt, and waits.
     *
     * @return whether the SUBSCRIBE can come again, asked on any thread; empty if waiting is of no use
     */
    Optional<BooleanSupplier> elsewhere(String durableName) {
        long now = nanoClock.getAsLong();
        boolean waits = Optional.ofNullable(waitingSince.get(durableName))
                .map(since -> now - since < ELSEWHERE.toNanos())
                .orElseGet(() -> links.holder(durableName).isEmpty() && links.askElsewhere(durableName));
        if (!waits) {
            return Optional.empty();
        }
        waitingSince.putIfAbsent(durableName, now);
        return Optional.of(() -> nanoClock.getAsLong() - now >= AGAIN.toNanos());
    }

    /** The SUBSCRIBE of that name waits no more. */
    void end(String durableName) {
        asked.remove(durableName);
        waitingSince.remove(durableName);
    }
}
