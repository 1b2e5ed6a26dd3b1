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

    private final transient Optional<String> line;
    private final transient Optional<Frame> begun;
    private final transient Optional<String> receipt;

    MalformedFrameException(Fault fault, String detail) {
        this(fault, detail, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private MalformedFrameException(
            Fault fault, String detail, Optional<String> line, Optional<Frame> begun, Optional<String> receipt) {
        super(detail);
        this.fault = fault;
        this.line = line;
        this.begun = begun;
        this.receipt = receipt;
    }

    /** The same fault in that line, unless it is in a line already. */
    MalformedFrameException at(String faulty) {
        return new MalformedFrameException(fault, getMessage(), line.or(() -> Optional.of(faulty)), begun, receipt);
    }

    /** The same of a frame that has begun so and asks for that receipt. */
    MalformedFrameException in(Optional<Frame> head, Optional<String> askedReceipt) {
        return new MalformedFrameException(fault, getMessage(), line, head, askedReceipt);
    }

    /** The kind of fault. */
    public Fault fault() {
        return fault;
    }

    /** The line at fault as the client sent it, or its beginning; empty if the fault is not in a line of the head. */
    public Optional<String> line() {
        return line;
    }

    /** The command and the headers before the fault; empty if not even the command could be read. */
    public Optional<Frame> begun() {
        return begun;
    }

    /** The receipt that the frame asks for, if that much of it could be read. */
    public Optional<String> receipt() {
        return receipt;
    }
}
