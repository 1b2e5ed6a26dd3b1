package io.stompline.jms.feed;

import io.stompline.routing.Delivery;
import java.util.function.Consumer;

/**
 * Gives a receiver one delivery at a time, whoever brings it: the listener of this link, that of a lost link which
 * still waits in the receiver, or one who tries again. Thread-safe; what lost its meaning while it waited is left out.
 */
final class SerialReceiver {
    private final Consumer<Delivery> receiver;

    SerialReceiver(Consumer<Delivery> receiver) {
        this.receiver = receiver;
    }

    synchronized void accept(JmsDelivery delivery) {
        if (delivery.isOpen()) {
            receiver.accept(delivery);
        }
    }
}
