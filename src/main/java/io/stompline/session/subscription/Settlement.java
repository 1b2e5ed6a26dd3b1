package io.stompline.session.subscription;

import io.stompline.routing.BusException;
import io.stompline.routing.Settleable;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Messages that an ACK or NACK took out of a subscription: settled now or at COMMIT, or put back at ABORT. One
 * thread at a time.
 *
 * @param subscription that the messages were delivered to
 * @param deliveries by id, in order of delivery
 * @param acknowledged whether they are acknowledged or refused
 * @param requeue whether refused ones may be delivered again
 */
public record Settlement(
        Subscription subscription,
        Map<String, AckLedger.Unacknowledged> deliveries,
        boolean acknowledged,
        boolean requeue) {
    private static final System.Logger LOG = System.getLogger(Settlement.class.getName());

    /** What is to be settled, in order of delivery; nothing for messages of a topic. */
    public Stream<Settleable> taken() {
        return deliveries.values().stream()
                .map(AckLedger.Unacknowledged::delivery)
                .flatMap(Optional::stream);
    }

    /**
     * Whether the latest of them was given back: the connection to the message broker was lost. Older ones alone do not
     * count; they came over an earlier connection, and again over this one.
     */
    public boolean isGivenBack() {
        return taken().reduce((earlier, later) -> later)
                .map(Settleable::isGivenBack)
                .orElse(false);
    }

    /**
     * Settles each delivery alone. Blocks until the message broker has answered.
     *
     * @return {@code false} if it {@link #isGivenBack} before: it is not settled, and comes again
     * @throws BusException UNAVAILABLE: this delivery and the later ones come again, unless the message broker has the
     *     settlement nevertheless
     */
    public boolean apply() {
        return taken().map(this::settle).reduce(true, (earlier, latest) -> latest);
    }

    /**
     * Like {@link #apply}, for a client that asked for no receipt: UNAVAILABLE is only logged, for the messages come
     * again.
     *
     * @return {@code false} also after UNAVAILABLE
     */
    public boolean applyUnlessLost() {
        try {
            return apply();
        } catch (BusException e) {
            if (e.reason() != BusException.Reason.UNAVAILABLE) {
                throw e;
            }
            LOG.log(System.Logger.Level.DEBUG, "an ACK or NACK was lost with the message broker", e);
            return false;
        }
    }

    /** Makes all of it unacknowledged again. Does not block. */
    public void undo() {
        subscription.putBack(deliveries);
    }

    private boolean settle(Settleable delivery) {
        return acknowledged ? delivery.acknowledge() : delivery.reject(requeue, "refused by a STOMP client");
    }
}
