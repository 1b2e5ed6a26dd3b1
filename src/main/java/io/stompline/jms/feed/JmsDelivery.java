package io.stompline.jms.feed;

import io.stompline.routing.Delivery;
import io.stompline.routing.Message;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** A JMS message in the hands of a receiver. Thread-safe. */
public final class JmsDelivery implements Delivery {
    private final FeedSession session;
    private final jakarta.jms.Message original;
    private final Message message;
    private final String recordKey;
    private final int deliveries;
    private final AtomicBoolean settled = new AtomicBoolean();

    /** @param deliveries how often the message was delivered, this time included */
    JmsDelivery(FeedSession session, jakarta.jms.Message original, Message message, String recordKey, int deliveries) {
        this.session = session;
        this.original = original;
        this.message = message;
        this.recordKey = recordKey;
        this.deliveries = deliveries;
    }

    @Override
    public Message message() {
        return message;
    }

    @Override
    public boolean isGivenBack() {
        return !settled.get() && !session.isOpen();
    }

    @Override
    public boolean acknowledge() {
        return settleBy(() -> session.acknowledge(this));
    }

    @Override
    public boolean reject(boolean requeue, String reason) {
        return settleBy(() -> session.reject(this, requeue, reason));
    }

    /** Whether it is settled, now or before. */
    private boolean settleBy(BooleanSupplier step) {
        if (settle() && !step.getAsBoolean()) {
            unsettle();
        }
        return settled.get();
    }

    jakarta.jms.Message original() {
        return original;
    }

    /** The name of this message's receipt in a commit record. */
    public String recordKey() {
        return recordKey;
    }

    /** How often the message was delivered, this time included. */
    public int deliveries() {
        return deliveries;
    }

    /** Whether it can still be settled: it is not settled, and its session is open. */
    public boolean isOpen() {
        return !settled.get() && session.isOpen();
    }

    /** Whether the right to settle it is taken. */
    public boolean isSettled() {
        return settled.get();
    }

    /** Takes the right to settle it; false if it is taken already. */
    public boolean settle() {
        return settled.compareAndSet(false, true);
    }

    /** Gives the right to settle back: the settlement did not take effect. */
    public void unsettle() {
        settled.set(false);
    }

    /**
     * Acknowledges it for one who took the right before.
     *
     * @return whether it still could be; if not, it comes again
     */
    public boolean acknowledgeTaken() {
        return session.acknowledge(this);
    }
}
