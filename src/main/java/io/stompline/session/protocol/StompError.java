package io.stompline.session.protocol;

import io.stompline.frame.Body;
import io.stompline.frame.Command;
import io.stompline.frame.Frame;
import io.stompline.frame.Headers;
import io.stompline.frame.MalformedFrameException;
import io.stompline.routing.BusException;

/**
 * Everything for which a client gets an ERROR frame: the sentence in its {@code message} header and the close status.
 */
public enum StompError {
    /** Bytes that are no frame. */
    MALFORMED_FRAME("malformed frame", CloseStatus.PROTOCOL_ERROR),
    /** The first line is no command. */
    UNKNOWN_COMMAND("unknown command", CloseStatus.PROTOCOL_ERROR),
    /** A frame or header over a limit. */
    FRAME_TOO_LARGE("frame too large", CloseStatus.TOO_BIG),
    /** A command that only servers send. */
    SERVER_COMMAND("command is for servers only", CloseStatus.PROTOCOL_ERROR),
    /** A command that the negotiated version does not have. */
    NOT_IN_VERSION("command is not part of this version", CloseStatus.PROTOCOL_ERROR),
    /** Something else before CONNECT. */
    NOT_CONNECTED("not connected", CloseStatus.POLICY_VIOLATION),
    /** A second CONNECT. */
    ALREADY_CONNECTED("already connected", CloseStatus.PROTOCOL_ERROR),
    /** No version in common. */
    UNSUPPORTED_VERSION("unsupported protocol version", CloseStatus.PROTOCOL_ERROR),
    /** A required header is not there. */
    MISSING_HEADER("missing header", CloseStatus.PROTOCOL_ERROR),
    /** A header with a value that cannot be used. */
    INVALID_HEADER("invalid header", CloseStatus.PROTOCOL_ERROR),
    /** No or wrong credentials; of a passcode it never says which. */
    ACCESS_REFUSED("access refused", CloseStatus.POLICY_VIOLATION),
    /** The credentials were right and have ended meanwhile, as a token does. */
    TOKEN_EXPIRED("token expired", CloseStatus.POLICY_VIOLATION),
    /** One connection more than allowed. */
    TOO_MANY_CONNECTIONS("too many connections", CloseStatus.TRY_AGAIN_LATER),
    /** The caller may not use this destination. */
    FORBIDDEN("destination not allowed", CloseStatus.POLICY_VIOLATION),
    /** A destination of no known kind or shape. */
    INVALID_DESTINATION("invalid destination", CloseStatus.PROTOCOL_ERROR),
    /** An id that is in use. */
    DUPLICATE_SUBSCRIPTION("subscription id in use", CloseStatus.PROTOCOL_ERROR),
    /** An id without a subscription. */
    UNKNOWN_SUBSCRIPTION("unknown subscription", CloseStatus.PROTOCOL_ERROR),
    /** A durable subscription that is consumed elsewhere. */
    SUBSCRIPTION_IN_USE("durable subscription in use", CloseStatus.POLICY_VIOLATION),
    /** An ACK or NACK of an id that was never delivered, or that an open transaction holds. */
    UNKNOWN_MESSAGE("unknown message", CloseStatus.PROTOCOL_ERROR),
    /** A transaction that is not open. */
    UNKNOWN_TRANSACTION("unknown transaction", CloseStatus.PROTOCOL_ERROR),
    /** A transaction that is open already. */
    DUPLICATE_TRANSACTION("transaction already open", CloseStatus.PROTOCOL_ERROR),
    /** One of the limits per connection. */
    LIMIT_EXCEEDED("limit exceeded", CloseStatus.POLICY_VIOLATION),
    /** A selector that cannot be understood. */
    INVALID_SELECTOR("invalid selector", CloseStatus.PROTOCOL_ERROR),
    /** No CONNECT in time. */
    CONNECT_TIMEOUT("no CONNECT in time", CloseStatus.POLICY_VIOLATION),
    /** A frame that was begun and is not whole in time. */
    FRAME_TIMEOUT("frame not finished in time", CloseStatus.POLICY_VIOLATION),
    /** Neither data nor heart-beats from the client. */
    HEART_BEAT_LOST("no heart-beat from the client", CloseStatus.POLICY_VIOLATION),
    /** The client does not read fast enough. */
    SLOW_CONSUMER("client reads too slowly", CloseStatus.POLICY_VIOLATION),
    /** The destination is full. */
    DESTINATION_FULL("destination full", CloseStatus.TRY_AGAIN_LATER),
    /** A message larger than the message broker takes. */
    MESSAGE_TOO_LARGE("message too large", CloseStatus.TOO_BIG),
    /** The disk of the message broker is full. */
    STORE_FULL("message store full", CloseStatus.TRY_AGAIN_LATER),
    /** The message broker cannot read the messages that it has stored for the destination. */
    DESTINATION_DAMAGED("destination damaged", CloseStatus.INTERNAL_ERROR),
    /** The message broker tried and failed. */
    BROKER_FAILED("message broker failed", CloseStatus.INTERNAL_ERROR),
    /** The message broker refuses the operation. */
    REFUSED_BY_BROKER("refused by the message broker", CloseStatus.POLICY_VIOLATION),
    /** A bean refuses a SUBSCRIBE. */
    REFUSED_BY_APPLICATION("refused by the application", CloseStatus.POLICY_VIOLATION),
    /** Somebody on this side ended the connection. */
    DISCONNECTED("disconnected by the server", CloseStatus.POLICY_VIOLATION),
    /** The message broker is away. */
    BROKER_UNAVAILABLE("message broker unavailable", CloseStatus.TRY_AGAIN_LATER),
    /** Too many callers at a time. */
    OVERLOADED("server overloaded", CloseStatus.TRY_AGAIN_LATER),
    /** A fault of the server. */
    INTERNAL("internal error", CloseStatus.INTERNAL_ERROR);

    private final String sentence;
    private final CloseStatus closeStatus;

    StompError(String sentence, CloseStatus closeStatus) {
        this.sentence = sentence;
        this.closeStatus = closeStatus;
    }

    /** The {@code message} header. */
    public String sentence() {
        return sentence;
    }

    /** The status that the transport is closed with after the ERROR frame. */
    public CloseStatus closeStatus() {
        return closeStatus;
    }

    /**
     * The ERROR frame: this sentence as {@code message}, the detail as body.
     *
     * @param help where a developer reads more
     * @param detail a sentence for a developer, in plain text; never a stack trace
     * @param more further headers, such as {@code receipt-id}
     */
    public Frame frame(ErrorHelp help, String detail, Headers more) {
        Headers headers = new Headers.Builder()
                .add("message", sentence)
                .addAll(more)
                .addAll(help.of(this))
                .add("content-type", "text/plain")
                .build();
        return new Frame(Command.ERROR, headers, Body.utf8(detail));
    }

    /** Whether access is refused, not a wrong frame. */
    public boolean isRefusal() {
        return this == ACCESS_REFUSED || this == TOO_MANY_CONNECTIONS || this == FORBIDDEN;
    }

    /** Whether somebody decided that the caller may not do this. */
    public boolean isDenial() {
        return this == FORBIDDEN || this == REFUSED_BY_APPLICATION || this == ACCESS_REFUSED;
    }

    /** Whether a SUBSCRIBE with this error opened nothing, while the rest of the connection is as it was. */
    public boolean opensNothing() {
        return this == INVALID_DESTINATION
                || this == INVALID_SELECTOR
                || this == LIMIT_EXCEEDED
                || this == SUBSCRIPTION_IN_USE;
    }

    /** The error of bytes that are no frame. */
    public static StompError of(MalformedFrameException.Fault fault) {
        return switch (fault) {
            case SYNTAX, NOT_UTF8, BAD_ESCAPE, BAD_CONTENT_LENGTH, UNEXPECTED_BODY -> MALFORMED_FRAME;
            case UNKNOWN_COMMAND -> StompError.UNKNOWN_COMMAND;
            case TOO_MANY_HEADERS, FRAME_TOO_LARGE -> StompError.FRAME_TOO_LARGE;
        };
    }

    /** The error of an operation that the message broker did not carry out. */
    public static StompError of(BusException.Reason reason) {
        return switch (reason) {
            case UNAVAILABLE, GIVEN_BACK -> BROKER_UNAVAILABLE;
            case FULL -> DESTINATION_FULL;
            case TOO_LARGE -> MESSAGE_TOO_LARGE;
            case STORE_FULL -> StompError.STORE_FULL;
            case STORE_DAMAGED -> DESTINATION_DAMAGED;
            case FAILED -> BROKER_FAILED;
            case REFUSED -> REFUSED_BY_BROKER;
            case BAD_HEADER -> INVALID_HEADER;
            case BAD_DESTINATION -> INVALID_DESTINATION;
            case BAD_SELECTOR -> INVALID_SELECTOR;
            case IN_USE -> SUBSCRIPTION_IN_USE;
        };
    }
}
