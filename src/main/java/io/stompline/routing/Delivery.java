package io.stompline.routing;

/**
 * A message of the message broker on its way to the one consumer that has to settle it. Thread-safe; the first
 * settlement counts.
 *
 * <p>After the feed was closed, or its connection was lost, the message is given back and cannot be settled any more.
 */
public interface Delivery extends Settleable {
    /** The message; its {@code redelivered} header says {@code true} from the second delivery on. */
    Message message();

    /** Whether it was given back: it comes again, as another delivery, and this one settles nothing. Does not block. */
    @Override
    boolean isGivenBack();

    /**
     * Acknowledges this message alone; blocks until the message broker has it.
     *
     * @return {@code false} if it was given back before: nothing is acknowledged
     * @throws BusException UNAVAILABLE: it will be delivered again, unless the message broker has it nevertheless
     */
    @Override
    boolean acknowledge();

    /**
     * Refuses this message alone.
     *
     * @param requeue whether it may be delivered again (to another consumer if there is one), up to the configured
     *     number of deliveries; otherwise, and after these, it goes to the dead message queue
     * @param reason short text for the dead message queue
     * @return {@code false} if it was given back before: nothing is refused
     * @throws BusException UNAVAILABLE: it will be delivered again, unless the message broker has it nevertheless
     */
    @Override
    boolean reject(boolean requeue, String reason);
}
