package io.stompline.session.subscription;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Asks the connection that holds a durable subscription for a sign of life when its client comes back on another one: a
 * network that dies silently leaves the old connection open for as long as heart-beats allow. On the lane only.
 */
final class Takeover {
    /** A connection to another node that gives no sign of life is gone by then. */
    private static final Duration ELSEWHERE = Duration.ofSeconds(4);

    /** How often the message broker is asked meanwhile. */
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final Subscription.Owner owner;
    private final ClientLinks links;
    private final LongSupplier nanoClock;

    /** The holder that the SUBSCRIBE in hand has waited for. */
    private Optional<Subscription.Owner> asked = Optional.empty();

    /** Since when the SUBSCRIBE in hand waits for other nodes, in nanoseconds. */
    private Optional<Long> waitingSince = Optional.empty();

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
        boolean isKnown = holder.equals(asked);
        asked = isKnown ? Optional.empty() : holder;
        return isKnown ? Optional.empty() : holder.map(other -> outcome(other, durableName));
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
        boolean waits = waitingSince
                .map(since -> now - since < ELSEWHERE.toNanos())
                .orElseGet(() -> links.holder(durableName).isEmpty() && links.askElsewhere(durableName));
        waitingSince = waits ? waitingSince.or(() -> Optional.of(now)) : Optional.empty();
        return waits ? Optional.of(() -> nanoClock.getAsLong() - now >= AGAIN.toNanos()) : Optional.empty();
    }

    /** The SUBSCRIBE does not wait for other nodes any more. */
    void end() {
        waitingSince = Optional.empty();
    }
}
