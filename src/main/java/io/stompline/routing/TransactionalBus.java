package io.stompline.routing;

/** The port to the message broker for callers that have a JTA transaction. Thread-safe. */
public interface TransactionalBus {
    /**
     * Publishes as part of the transaction of the calling thread: the message is there when the transaction has
     * committed and never after a rollback.
     *
     * @throws BusException UNAVAILABLE, FULL or REFUSED; the transaction should be rolled back
     */
    void publish(Message message);
}
