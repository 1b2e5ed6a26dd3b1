package io.stompline.session.subscription;

import io.stompline.frame.Version;
import io.stompline.routing.Message;
import io.stompline.session.opening.Opening;
import io.stompline.session.outbox.Outbox;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * One subscription of one connection: sends the messages of its source as MESSAGE frames and keeps the unacknowledged
 * ones. Thread-safe.
 *
 * <p>A {@link TopicSubscription} never blocks its source; a {@link QueueSubscription} holds its source back while the
 * client has enough.
 */
public sealed interface Subscription permits TopicSubscription, QueueSubscription {
    /** The connection as a subscription uses it. Thread-safe. */
    interface Owner {
        /** The version agreed on with the client; does not change. */
        Version version();

        /** The id of the session; messages with this origin are its own. */
        String sessionId();

        /** The name of the user who logged in. */
        String userName();

        /** Counts a MESSAGE that was queued. Does not block. */
        void countMessage();

        /** The frames that wait to be sent on the connection. */
        Outbox outbox();

        /** Runs a task on the lane when the outbox has much room; never if the connection ends before. */
        void whenMuchRoom(Runnable task);

        /**
         * Tells the application that the client reads slowly and has lost messages. Does not block.
         *
         * @param detail a sentence
         */
        void slow(String detail);

        /**
         * Ends the connection, because the client does not keep up. Does not block; only the first call counts.
         *
         * @param detail a sentence for the client, with the name of the setting
         */
        void overflowed(String detail);

        /**
         * The same client came back on another connection: pings this one, and ends it if no sign of life comes within
         * 2 s. Does not block.
         *
         * @return whether a sign of life came and the connection stays; asked on any thread
         */
        BooleanSupplier challenge();
    }

    /** What SUBSCRIBE said. */
    SubscriptionTerms terms();

    /** What others may see of it. */
    default SubscriptionView view() {
        return terms().view();
    }

    /**
     * Starts a subscription that was opened as held: sends the opening, as far as the client takes it, then the
     * messages that came meanwhile and are not covered by it, then the live stream. Called once, on the lane; does not
     * block.
     */
    void begin(Opening opening);

    /** Whether a message of its source goes to this client. */
    default boolean isMeant(Message message) {
        return true;
    }

    /**
     * Takes out the messages that an ACK or NACK names. Does not block.
     *
     * @param cumulative whether all delivered before it are taken out as well
     * @param ackId one that was shown
     * @return by id, in order of delivery; empty if nothing of it is unacknowledged
     */
    Map<String, AckLedger.Unacknowledged> take(String ackId, boolean cumulative);

    /** Whether a message was delivered, or is about to be, under that id, whatever became of it. Does not block. */
    boolean hasShown(String ackId);

    /** Undoes {@link #take}. Does not block. */
    void putBack(Map<String, AckLedger.Unacknowledged> taken);

    /**
     * Stops delivering: after this returns no MESSAGE of this subscription is queued any more. A queued MESSAGE is
     * still sent, and an {@code auto} delivery among them is still acknowledged. Idempotent.
     */
    void deactivate();

    /**
     * Like {@link #deactivate()}, for a connection that ends: a delivery no longer waits for the socket. Idempotent.
     */
    void abandon();

    /**
     * Delivers no more of what would come again if it were not acknowledged, in mode {@code auto} by this side: its
     * source waits until the end. The ACK of what was delivered counts; first messages still go out. Does not block;
     * idempotent.
     */
    void holdBack();

    /** Whether everything is acknowledged, or given up, that would be delivered again. Does not block. */
    boolean isAcknowledged();

    /**
     * Waits, after {@link #deactivate()}, until an {@code auto} delivery that is on its way to the client is
     * acknowledged or given up. A feed that is closed earlier gives the delivery back: the client would get it a second
     * time.
     *
     * @param limit the longest wait; with zero it does not wait
     * @return false if that took longer than the limit, or the thread was interrupted (its flag is set again)
     */
    boolean awaitSettled(Duration limit);
}
