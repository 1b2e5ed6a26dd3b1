package io.stompline.frame;

import java.util.Optional;

/** The received bytes are no STOMP frame, or one beyond a limit. The message names the expected text. */
public final class MalformedFrameException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The kind of fault. */
    public enum Fault {
        /** Against the grammar. */
        SYNTAX,
        /** The first line is none of the commands. */
        UNKNOWN_COMMAND,
        /** Bytes that are not UTF-8 in a command or header. */
        NOT_UTF8,
        /** An escape that the version does not define. */
        BAD_ESCAPE,
        /** A {@code content-length} that is no number or not followed by NUL. */
        BAD_CONTENT_LENGTH,
        /** A body on a command that may not have one. */
        UNEXPECTED_BODY,
        /** A limit on headers. */
        TOO_MANY_HEADERS,
        /** The limit on the frame. */
        FRAME_TOO_LARGE
    }

    private final Fault fault;

    @SuppressWarnings("serial") // never serialized
    private final Optional<String> receipt;

    MalformedFrameException(Fault fault, String detail) {
        this(fault, detail, Optional.empty());
    }

    private MalformedFrameException(Fault fault, String detail, Optional<String> receipt) {
        super(detail);
        this.fault = fault;
        this.receipt = receipt;
    }

    /** The same of a frame that asks for that receipt. */
    MalformedFrameException asking(Optional<String> askedReceipt) {
        return new MalformedFrameException(fault, getMessage(), askedReceipt);
    }

    /** The kind of fault. */
    public Fault fault() {
        return fault;
    }

    /** The receipt that the frame asks for, if that much of it could be read. */
    public Optional<String> receipt() {
        return receipt;
    }
}
