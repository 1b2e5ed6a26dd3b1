package io.stompline.routing;

import java.util.Optional;

/** The message broker did not carry out a request. */
public final class BusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why, in a way that a session can act upon. */
    public enum Reason {
        /** It cannot be reached or did not answer in time; the outcome may be unknown. */
        UNAVAILABLE,
        /** What it should settle was given back, because the connection to it was lost, and comes again. */
        GIVEN_BACK,
        /** The destination is at a limit of the message broker. */
        FULL,
        /** The message is larger than any that is taken. */
        TOO_LARGE,
        /** The disk of the message broker is full; it may take the message later. */
        STORE_FULL,
        /** The message broker cannot read the messages that it has stored for this destination. */
        STORE_DAMAGED,
        /** The message broker can be reached and says that it failed. */
        FAILED,
        /** It refuses this destination, message or option, now and later. */
        REFUSED,
        /** A header of the message has a value that cannot be sent. */
        BAD_HEADER,
        /** The name of the destination cannot be one at the message broker. */
        BAD_DESTINATION,
        /** The message selector cannot be understood. */
        BAD_SELECTOR,
        /** The durable subscription has an active consumer. */
        IN_USE
    }

    private final Reason reason;
    private final transient Optional<Destination> gone;

    /**
     * A failure.
     *
     * @param detail a sentence for the client; no internals, no secrets
     * @param cause for the log
     */
    public BusException(Reason reason, String detail, Throwable cause) {
        this(reason, detail, cause, Optional.empty());
    }

    /** A failure without a cause below. */
    public BusException(Reason reason, String detail) {
        this(reason, detail, null, Optional.empty());
    }

    private BusException(Reason reason, String detail, Throwable cause, Optional<Destination> gone) {
        super(detail, cause);
        this.reason = reason;
        this.gone = gone;
    }

    /** The message was for this temporary queue, which is gone with whoever asked. */
    public static BusException gone(Destination temporaryQueue) {
        return new BusException(
                Reason.REFUSED,
                "the requester is gone: there is no such temporary queue any more",
                null,
                Optional.of(temporaryQueue));
    }

    /** Why it failed. */
    public Reason reason() {
        return reason;
    }

    /** Whether this temporary queue is gone, and nothing else is wrong. */
    public boolean isGone(Destination temporaryQueue) {
        return gone.equals(Optional.of(temporaryQueue));
    }
}
