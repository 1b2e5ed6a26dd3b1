package io.stompline.session.protocol;

import io.stompline.frame.Body;
import io.stompline.frame.Command;
import io.stompline.frame.Frame;
import io.stompline.frame.Headers;
import io.stompline.frame.MalformedFrameException;
import io.stompline.routing.BusException;

/** Everything for which a client gets an ERROR frame: the sentence in its {@code message} header and the close code. */
public enum StompError {
    /** Bytes that are no frame. */
    MALFORMED_FRAME("malformed frame", WebSocketCode.PROTOCOL_ERROR),
    /** The first line is no command. */
    UNKNOWN_COMMAND("unknown command", WebSocketCode.PROTOCOL_ERROR),
    /** A frame or header over a limit. */
    FRAME_TOO_LARGE("frame too large", WebSocketCode.TOO_BIG),
    /** A command that only servers send. */
    SERVER_COMMAND("command is for servers only", WebSocketCode.PROTOCOL_ERROR),
    /** A command that the negotiated version does not have. */
    NOT_IN_VERSION("command is not part of this version", WebSocketCode.PROTOCOL_ERROR),
    /** Something else before CONNECT. */
    NOT_CONNECTED("not connected", WebSocketCode.POLICY),
    /** A second CONNECT. */
    ALREADY_CONNECTED("already connected", WebSocketCode.PROTOCOL_ERROR),
    /** No version in common. */
    UNSUPPORTED_VERSION("unsupported protocol version", WebSocketCode.PROTOCOL_ERROR),
    /** A required header is not there. */
    MISSING_HEADER("missing header", WebSocketCode.PROTOCOL_ERROR),
    /** A header with a value that cannot be used. */
    INVALID_HEADER("invalid header", WebSocketCode.PROTOCOL_ERROR),
    /** No or wrong credentials; never says which. */
    ACCESS_REFUSED("access refused", WebSocketCode.POLICY),
    /** The credentials were right and have ended meanwhile. */
    CREDENTIALS_EXPIRED("credentials expired", WebSocketCode.POLICY),
    /** One connection more than allowed. */
    TOO_MANY_CONNECTIONS("too many connections", WebSocketCode.TRY_AGAIN),
    /** The caller may not use this destination. */
    FORBIDDEN("destination not allowed", WebSocketCode.POLICY),
    /** A destination of no known kind or shape. */
    INVALID_DESTINATION("invalid destination", WebSocketCode.PROTOCOL_ERROR),
    /** An id that is in use. */
    DUPLICATE_SUBSCRIPTION("subscription id in use", WebSocketCode.PROTOCOL_ERROR),
    /** An id that nobody subscribed with. */
    UNKNOWN_SUBSCRIPTION("unknown subscription", WebSocketCode.PROTOCOL_ERROR),
    /** A durable subscription that is consumed elsewhere. */
    SUBSCRIPTION_IN_USE("durable subscription in use", WebSocketCode.POLICY),
    /** An ACK or NACK for nothing that is unacknowledged here. */
    UNKNOWN_MESSAGE("unknown message", WebSocketCode.PROTOCOL_ERROR),
    /** A transaction that is not open. */
    UNKNOWN_TRANSACTION("unknown transaction", WebSocketCode.PROTOCOL_ERROR),
    /** A transaction that is open already. */
    DUPLICATE_TRANSACTION("transaction already open", WebSocketCode.PROTOCOL_ERROR),
    /** One of the limits per connection. */
    LIMIT_EXCEEDED("limit exceeded", WebSocketCode.POLICY),
    /** A selector that cannot be understood. */
    INVALID_SELECTOR("invalid selector", WebSocketCode.PROTOCOL_ERROR),
    /** No CONNECT in time. */
    CONNECT_TIMEOUT("no CONNECT in time", WebSocketCode.POLICY),
    /** Neither data nor heart-beats from the client. */
    HEART_BEAT_LOST("no heart-beat from the client", WebSocketCode.POLICY),
    /** The client does not read fast enough. */
    SLOW_CONSUMER("client reads too slowly", WebSocketCode.POLICY),
    /** The destination is full. */
    DESTINATION_FULL("destination full", WebSocketCode.TRY_AGAIN),
    /** The messaging system refuses the operation. */
    REFUSED_BY_BROKER("refused by the message broker", WebSocketCode.POLICY),
    /** A bean refuses a SUBSCRIBE, or there is none. */
    REFUSED_BY_APPLICATION("refused by the application", WebSocketCode.POLICY),
    /** Somebody on this side ended the connection. */
    DISCONNECTED("disconnected by the server", WebSocketCode.POLICY),
    /** The messaging system is away. */
    BROKER_UNAVAILABLE("message broker unavailable", WebSocketCode.TRY_AGAIN),
    /** Too many callers at a time. */
    OVERLOADED("server overloaded", WebSocketCode.TRY_AGAIN),
    /** A fault of the server. */
    INTERNAL("internal error", WebSocketCode.INTERNAL);

    private final String sentence;
    private final int closeCode;

    StompError(String sentence, int closeCode) {
        this.sentence = sentence;
        this.closeCode = closeCode;
    }

    /** The {@code message} header. */
    public String sentence() {
        return sentence;
    }

    /** The WebSocket close code that follows (RFC 6455, 7.4.1). */
    public int closeCode() {
        return closeCode;
    }

    /** The ERROR frame: this sentence as {@code message}, the detail as body. */
    public Frame frame(String detail, Headers more) {
        Headers headers = new Headers.Builder()
                .add("message", sentence)
                .addAll(more)
                .add("content-type", "text/plain")
                .build();
        return new Frame(Command.ERROR, headers, Body.utf8(detail));
    }

    /** Whether it keeps somebody out rather than says that a frame is wrong. */
    public boolean isRefusal() {
        return this == ACCESS_REFUSED || this == TOO_MANY_CONNECTIONS || this == FORBIDDEN;
    }

    public static StompError of(MalformedFrameException.Fault fault) {
        return switch (fault) {
            case SYNTAX, NOT_UTF8, BAD_ESCAPE, BAD_CONTENT_LENGTH, UNEXPECTED_BODY -> MALFORMED_FRAME;
            case UNKNOWN_COMMAND -> StompError.UNKNOWN_COMMAND;
            case TOO_MANY_HEADERS, FRAME_TOO_LARGE -> StompError.FRAME_TOO_LARGE;
        };
    }

    public static StompError of(BusException.Reason reason) {
        return switch (reason) {
            case UNAVAILABLE -> BROKER_UNAVAILABLE;
            case FULL -> DESTINATION_FULL;
            case REFUSED -> REFUSED_BY_BROKER;
            case BAD_SELECTOR -> INVALID_SELECTOR;
            case IN_USE -> SUBSCRIPTION_IN_USE;
        };
    }

    private static final class WebSocketCode {
        static final int PROTOCOL_ERROR = 1002;
        static final int POLICY = 1008;
        static final int TOO_BIG = 1009;
        static final int INTERNAL = 1011;
        static final int TRY_AGAIN = 1013;
    }
}
