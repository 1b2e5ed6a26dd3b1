package io.stompline.routing;

/** A running consumer of the message broker. Thread-safe. */
public interface Feed extends AutoCloseable {
    /** The destination that this feed consumes; for a temporary queue the address made for it. */
    Destination address();

    /**
     * Ends the consumer. Unacknowledged deliveries go back to the destination at once, marked as
     * redelivered. May wait until the receiver returns. Idempotent; never throws for a lost connection.
     */
    @Override
    void close();

    /** Like {@link #close()}, and a durable subscription is deleted with its messages. */
    void closeAndForget();
}
