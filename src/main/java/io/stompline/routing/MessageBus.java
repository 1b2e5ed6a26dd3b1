package io.stompline.routing;

import java.util.List;

/**
 * The port to the message broker behind Stompline. Thread-safe.
 *
 * <p>Every call may block until the message broker answers, at most as long as its configured time limit, and then
 * throws {@link BusException}. Never call it on a thread that serves HTTP or reads a transport.
 */
public interface MessageBus {
    /**
     * Publishes one message.
     *
     * <p>When this returns, the message broker has taken responsibility for the message.
     *
     * @throws BusException UNAVAILABLE, FULL, TOO_LARGE, STORE_FULL, STORE_DAMAGED, FAILED or REFUSED
     */
    void publish(Message message);

    /**
     * Refuses a message that can never be published, before it is kept to be published later. Does not block.
     *
     * @throws BusException TOO_LARGE or BAD_HEADER
     */
    default void check(Message message) {
        // Everything may be published.
    }

    /**
     * Publishes and acknowledges as one transaction: all of it takes effect or nothing.
     *
     * @param publications in the order in which they are to be published
     * @param acknowledgements deliveries of feeds of this bus that are not yet settled
     * @throws BusException for a reason of {@link #publish}; nothing took effect
     */
    void commit(List<Message> publications, List<Delivery> acknowledgements);

    /**
     * Starts to consume a topic for all plain subscribers of this node.
     *
     * <p>When this returns, every message that is published from now on reaches {@code receiver}, also after the
     * connection to the message broker was lost and is back. Messages published meanwhile may be missed; then the
     * receiver is {@linkplain Receiver#interrupted interrupted}.
     *
     * @param topic a topic, may be a pattern
     * @param receiver called on a thread of the bus, one message at a time, in order; must not block
     * @return closes the consumer; idempotent
     * @throws BusException UNAVAILABLE, FAILED or REFUSED
     */
    Feed openTopic(Destination topic, Receiver<Message> receiver);

    /**
     * Opens a consumer that belongs to one subscription.
     *
     * @param receiver called on a thread of this feed, one delivery at a time, in order; it may block to hold the feed
     *     back, and must return when the feed's owner is closing; interrupted unless its messages are kept
     * @throws BusException UNAVAILABLE, STORE_DAMAGED, FAILED, REFUSED, BAD_SELECTOR or IN_USE (durable name)
     */
    Feed open(FeedRequest request, Receiver<Delivery> receiver);

    /**
     * Makes a queue that lives as long as the returned feed and is consumed by it alone, without acknowledgement.
     *
     * <p>Its address ({@link Feed#address()}) is a {@link Destination.Kind#TEMP_QUEUE} that can stand in a {@code
     * reply-to}.
     *
     * @throws BusException UNAVAILABLE or REFUSED
     */
    Feed openTemporaryQueue(Receiver<Message> receiver);

    /**
     * Whether a name belongs to the message broker: no client sends to it, subscribes to it or has replies sent to it,
     * and no pattern brings messages of it. Names that are {@linkplain Destination#isReserved reserved by us} need not
     * be among them. Does not block.
     */
    default boolean isReserved(Destination destination) {
        return false;
    }

    /** Whether the message broker can be reached now. Does not block. */
    boolean isAvailable();

    /**
     * Checks that it can be reached, before something that cannot be tried again. Does not block.
     *
     * @throws BusException UNAVAILABLE, or FAILED if it never will be
     */
    default void checkAvailable() {
        if (!isAvailable()) {
            throw new BusException(BusException.Reason.UNAVAILABLE, "the message broker cannot be reached");
        }
    }

    /** Whether the last message that it had to store met a full disk. Does not block. */
    default boolean isDiskFull() {
        return false;
    }

    /** The messages that the message broker keeps, as far as it tells. */
    default BrokerStore store() {
        return BrokerStore.UNKNOWN;
    }
}
