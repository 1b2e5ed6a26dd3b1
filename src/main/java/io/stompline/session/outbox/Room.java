package io.stompline.session.outbox;

import io.stompline.config.Setting;
import io.stompline.session.protocol.SessionLimits;

/** The octets that wait on one connection, and how many may. A part of the outbox, guarded by its monitor. */
final class Room {
    /** Octets for RECEIPT and ERROR above the limit, so that they are never dropped. */
    private static final int CONTROL_BYTES = 64 * 1024;

    private final OutboxBudget budget;
    private final SessionLimits.OutboxLimits limits;
    private final WaitingFrames queue;

    /** Octets that are queued or under way. */
    private long bytes;

    /**
     * Room of an empty outbox.
     *
     * @param budget what all connections of the node share
     * @param queue knows what may be dropped
     */
    Room(OutboxBudget budget, SessionLimits.OutboxLimits limits, WaitingFrames queue) {
        this.budget = budget;
        this.limits = limits;
        this.queue = queue;
    }

    /** Octets more, or less, are queued. */
    void count(long delta) {
        bytes += delta;
        budget.add(delta);
    }

    /** Nothing is queued or under way any more. */
    void clear() {
        count(-bytes);
    }

    boolean has(int size) {
        return (bytes == 0 || bytes + size <= limits.maxBytes()) && budget.allows(bytes);
    }

    /** Says why {@link #has} is false. */
    String passedLimit(int size) {
        return bytes + size > limits.maxBytes()
                ? "more than " + limits.maxBytes() + " octets wait for this client (" + Setting.OUTBOX_MAX_BYTES.key()
                        + ")"
                : "more than " + budget.maxBytes() + " octets wait for all clients of this node";
    }

    /** Whether a RECEIPT or the like has room. */
    boolean hasForControl(int size) {
        return bytes + size <= mostWithControl();
    }

    /** Says why {@link #hasForControl} is false. */
    String passedControlLimit() {
        return "the client does not read its receipts: more than " + mostWithControl() + " octets wait for it ("
                + Setting.OUTBOX_MAX_BYTES.key() + " + " + CONTROL_BYTES + ")";
    }

    private long mostWithControl() {
        return (long) limits.maxBytes() + CONTROL_BYTES;
    }

    /** Whether three quarters of the limit are free when all is dropped that may be. */
    boolean hasMuch() {
        return undroppable() <= limits.maxBytes() / 4;
    }

    /** Whether a frame has room when all is dropped that may be. */
    boolean fitsIfDropped(int size) {
        long stays = undroppable();
        return (stays == 0 || stays + size <= limits.maxBytes()) && budget.allows(stays);
    }

    /** Whether half of the limit is free then, too. */
    boolean fitsWellIfDropped(int size) {
        return undroppable() <= limits.maxBytes() / 2 && fitsIfDropped(size);
    }

    /** Octets that stay, whatever is dropped; with all that is under way. */
    long undroppable() {
        return bytes - queue.droppableBytes();
    }
}
