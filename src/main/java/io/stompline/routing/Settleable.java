package io.stompline.routing;

/** Something that its consumer has to settle. Thread-safe; the first settlement counts. */
public interface Settleable {
    /** Whether it was given back: it comes again as something else, and this settles nothing. Does not block. */
    default boolean isGivenBack() {
        return false;
    }

    /**
     * Acknowledges it alone; blocks until the message broker has that, if it is of the message broker.
     *
     * @return {@code false} if it was given back before: nothing is acknowledged
     * @throws BusException UNAVAILABLE: it will be delivered again, unless the message broker has it nevertheless
     */
    boolean acknowledge();

    /**
     * Refuses it alone.
     *
     * @param requeue whether it may be delivered again
     * @param reason short text
     * @return {@code false} if it was given back before: nothing is refused
     * @throws BusException UNAVAILABLE: it will be delivered again, unless the message broker has it nevertheless
     */
    boolean reject(boolean requeue, String reason);
}
