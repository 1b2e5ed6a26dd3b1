package io.stompline.session;

import io.stompline.broker.Delivery;
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
record Settlement(
        Subscription subscription, Map<String, AckLedger.Entry> deliveries, boolean acknowledged, boolean requeue) {
    /** What there is to settle, in order of delivery. */
    Stream<Delivery> taken() {
        return deliveries.values().stream().map(AckLedger.Entry::delivery).flatMap(Optional::stream);
    }

    /** Settles each delivery alone. */
    void apply() {
        taken().forEach(this::settle);
    }

    /** Makes all of it unacknowledged again. */
    void undo() {
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
