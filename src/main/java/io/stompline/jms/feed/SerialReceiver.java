package io.stompline.jms.feed;

import io.stompline.routing.Delivery;
import io.stompline.routing.Receiver;

/**
 * Gives a receiver one delivery at a time. Deliveries come from the listener of this link, from that of a lost link
 * which still waits in the receiver, and from retries. Leaves out deliveries that became stale while they waited.
 * Thread-safe.
 */
final class SerialReceiver {
    private final Receiver<Delivery> receiver;

    SerialReceiver(Receiver<Delivery> receiver) {
        this.receiver = receiver;
    }

    synchronized void accept(JmsDelivery delivery) {
        if (delivery.isOpen()) {
            receiver.accept(delivery);
        }
    }

    /** As {@link Receiver#interrupted}. */
    void interrupted() {
        receiver.interrupted();
    }
}
