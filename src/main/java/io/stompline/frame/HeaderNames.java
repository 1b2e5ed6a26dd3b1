package io.stompline.frame;

import java.util.Set;

/** Names of headers that the server gives a meaning beyond one class, and which of them a sender may not pass on. */
public final class HeaderNames {
    public static final String ACK = "ack";
    public static final String CONTENT_LENGTH = "content-length";
    public static final String CONTENT_TYPE = "content-type";
    public static final String DESTINATION = "destination";
    public static final String MESSAGE_ID = "message-id";
    public static final String RECEIPT = "receipt";
    public static final String RECEIPT_ID = "receipt-id";
    /** {@code true} on a message that was delivered before. */
    public static final String REDELIVERED = "redelivered";

    public static final String SUBSCRIPTION = "subscription";
    /** When the message was sent, milliseconds since 1970. */
    public static final String TIMESTAMP = "timestamp";

    public static final String TRANSACTION = "transaction";

    /** Headers that say something about one frame: passed on, they would be mistaken for those of the next frame. */
    public static final Set<String> OF_ONE_FRAME =
            Set.of(ACK, CONTENT_LENGTH, DESTINATION, MESSAGE_ID, RECEIPT, RECEIPT_ID, SUBSCRIPTION, TRANSACTION);

    /** Headers of a message that the server sets: a sender could forge them. */
    public static final Set<String> SET_BY_SERVER = Set.of(REDELIVERED, TIMESTAMP);

    private HeaderNames() {}

    /** Whether a header of a SEND travels with the message. */
    public static boolean isPassedOn(String name) {
        return !OF_ONE_FRAME.contains(name) && !SET_BY_SERVER.contains(name);
    }
}
