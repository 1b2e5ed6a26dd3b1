package io.stompline.session.subscription;

import io.stompline.routing.Delivery;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A delivery with {@code ack:auto} on its way to the client: acknowledged once the socket took its frame, or given up.
 * Thread-safe.
 */
final class AutoDelivery {
    private final Delivery delivery;

    /** Open while it waits for the socket. */
    private final CountDownLatch inHand = new CountDownLatch(1);

    /** Open while it is neither acknowledged nor given up. */
    private final CountDownLatch settled = new CountDownLatch(1);

    private volatile boolean written;

    AutoDelivery(Delivery delivery) {
        this.delivery = delivery;
    }

    /** The socket took the frame. Called on any thread; does not block. */
    void written() {
        written = true;
        inHand.countDown();
    }

    /** Gives the delivery up unless the socket took the frame. Does not block; idempotent. */
    void abandon() {
        inHand.countDown();
    }

    /**
     * Blocks until the socket took the frame, then acknowledges; or until the delivery is given up. Called once, on the
     * feed's thread.
     *
     * @throws io.stompline.routing.BusException as {@link Delivery#acknowledge}
     */
    void settle() throws InterruptedException {
        try {
            inHand.await();
            if (written) {
                delivery.acknowledge();
            }
        } finally {
            settled.countDown();
        }
    }

    /** Blocks until {@link #settle} is through. Returns false if that took longer than the limit. */
    boolean awaitSettled(Duration limit) throws InterruptedException {
        return settled.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
