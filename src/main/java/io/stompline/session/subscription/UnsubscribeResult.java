package io.stompline.session.subscription;

import java.util.function.BooleanSupplier;

/** The result of closing subscriptions. */
public sealed interface UnsubscribeResult {
    /** They are closed. */
    UnsubscribeResult CLOSED = new Closed();

    /** They are closed. */
    record Closed() implements UnsubscribeResult {}

    /**
     * They deliver nothing more, but are still open: a message is on its way to the client. UNSUBSCRIBE has to come
     * again.
     *
     * @param over whether that message has arrived or is given up; asked on any thread, does not block
     */
    record NotYet(BooleanSupplier over) implements UnsubscribeResult {}
}
