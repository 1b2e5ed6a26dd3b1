package io.stompline.session.subscription;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Asks the connection that holds a durable subscription for a sign of life when its client comes back on another one: a
 * network that dies silently leaves the old connection open for as long as heart-beats allow. On the lane only.
 */
final class Takeover {
    private final Subscription.Owner owner;
    private final DurableHolders holders;

    /** The holder that the SUBSCRIBE in hand has waited for. */
    private Optional<Subscription.Owner> asked = Optional.empty();

    Takeover(Subscription.Owner owner, DurableHolders holders) {
        this.owner = owner;
        this.holders = holders;
    }

    /**
     * Pings the holder, if there is one, at the first attempt of a SUBSCRIBE; at the second one the subscription is
     * free, or its holder is alive and keeps it.
     *
     * @return whether the SUBSCRIBE can come again, asked on any thread; empty if it need not wait
     */
    Optional<BooleanSupplier> begin(String durableName) {
        Optional<Subscription.Owner> holder = holders.otherThan(owner, durableName);
        boolean isKnown = holder.equals(asked);
        asked = isKnown ? Optional.empty() : holder;
        return isKnown ? Optional.empty() : holder.map(other -> outcome(other, durableName));
    }

    private BooleanSupplier outcome(Subscription.Owner holder, String durableName) {
        BooleanSupplier alive = holder.challenge();
        return () -> !holders.isHeldBy(durableName, holder) || alive.getAsBoolean();
    }
}
