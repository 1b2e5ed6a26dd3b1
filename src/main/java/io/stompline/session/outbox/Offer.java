package io.stompline.session.outbox;

/** The fate of a frame that was offered to an {@link Outbox}. */
public enum Offer {
    /** It is queued and goes out unless the connection ends before. */
    TAKEN,
    /** It passes a limit and is not queued; its {@link io.stompline.session.protocol.OverflowPolicy} is carried out. */
    FULL,
    /** It is dropped: the connection is ending or has ended. */
    ENDING
}
