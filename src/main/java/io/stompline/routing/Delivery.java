package io.stompline.routing;

/**
 * A message on its way to the one consumer that has to settle it. Thread-safe; the first settlement counts.
 *
 * <p>After the feed was closed, or its connection was lost, settling does nothing: the message was given back already.
 */
public interface Delivery {
    /** The message; its {@code redelivered} header says {@code true} from the second delivery on. */
    Message message();

    /**
     * Acknowledges this message alone; blocks until the message broker has it.
     *
     * @throws BusException UNAVAILABLE: it will be delivered again
     */
    void acknowledge();

    /**
     * Refuses this message alone.
     *
     * @param requeue whether it may be delivered again (to another consumer if there is one), up to the configured
     *     number of deliveries; otherwise, and after these, it goes to the dead message queue
     * @param reason short text for the dead message queue
     * @throws BusException UNAVAILABLE: it will be delivered again
     */
    void reject(boolean requeue, String reason);
}
