package io.stompline.session.subscription;

import io.stompline.routing.BusException;
import io.stompline.routing.Delivery;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an ACK or NACK took out of a subscription, to be settled now, or at COMMIT, or put back at ABORT.
 *
 * @param deliveries by id, in order of delivery
 * @param acknowledged whether they are acknowledged or refused
 * @param requeue whether refused ones may be delivered again
 */
public record Settlement(
        Subscription subscription, Map<String, AckLedger.Entry> deliveries, boolean acknowledged, boolean requeue) {
    private static final System.Logger LOG = System.getLogger(Settlement.class.getName());

    /** What there is to settle, in order of delivery. */
    public Stream<Delivery> taken() {
        return deliveries.values().stream().map(AckLedger.Entry::delivery).flatMap(Optional::stream);
    }

    /**
     * Settles each delivery alone.
     *
     * @throws BusException UNAVAILABLE: it is lost with the message bus
     */
    public void apply() {
        taken().forEach(this::settle);
    }

    /** As {@link #apply}, for a client that does not count on it: to lose it does no harm, for the messages come again. */
    public void applyUnlessLost() {
        try {
            apply();
        } catch (BusException e) {
            if (e.reason() != BusException.Reason.UNAVAILABLE) {
                throw e;
            }
            LOG.log(System.Logger.Level.DEBUG, "an ACK or NACK was lost with the message bus", e);
        }
    }

    /** Makes all of it unacknowledged again. */
    public void undo() {
        subscription.putBack(deliveries);
    }

    private void settle(Delivery delivery) {
        if (acknowledged) {
            delivery.acknowledge();
        } else {
            delivery.reject(requeue, "refused by a STOMP client");
        }
    }
}
