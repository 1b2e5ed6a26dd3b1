package io.stompline.frame;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of headers that the server gives a meaning beyond one class, and which of them a sender may not pass on. */
public final class HeaderNames {
    public static final String ACK = "ack";
    public static final String CONTENT_LENGTH = "content-length";
    public static final String CONTENT_TYPE = "content-type";

    /** When a message was to be delivered that was sent with a delay, milliseconds since 1970. */
    public static final String DELIVERY_TIME = "x-delivery-time";

    public static final String DESTINATION = "destination";
    /** Of a MESSAGE: how many messages of its subscription are missing before it, or {@code unknown}. */
    public static final String DROPPED = "x-dropped";

    /** {@code true} on the RECEIPT of a frame that was carried out when it first came. */
    public static final String DUPLICATE = "x-duplicate";

    /** Of a SEND or COMMIT: what comes again under it is not carried out again. */
    public static final String IDEMPOTENCY_KEY = "x-idempotency-key";

    /** Of a MESSAGE: the number under which it is kept for its user. */
    public static final String INBOX_ID = "x-inbox-id";

    /** Of CONNECTED: how large a frame of the client may be, in octets. */
    public static final String MAX_FRAME_BYTES = "max-frame-bytes";

    public static final String MESSAGE_ID = "message-id";

    /** Of a RECEIPT: the frame was carried out, but a bean failed, or an answer is for nobody any more. */
    public static final String PROBLEM = "problem";

    /** Of a SUBSCRIBE: what the client tells of its user to those who see who is there, as JSON. */
    public static final String PRESENCE = "x-presence";

    public static final String RECEIPT = "receipt";

    /** Of the RECEIPT of a SUBSCRIBE that resumes: whether nothing is missing. */
    public static final String RECOVERED = "x-recovered";

    /** {@code true} on a MESSAGE of the past; on the RECEIPT of its SUBSCRIBE how many there are. */
    public static final String REPLAYED = "x-replayed";

    /** Of a MESSAGE, or of a RECEIPT, its position; of a SUBSCRIBE where to begin. */
    public static final String STREAM_OFFSET = "x-stream-offset";

    public static final String RECEIPT_ID = "receipt-id";
    /** {@code true} on a message that was delivered before. */
    public static final String REDELIVERED = "redelivered";

    /** The user who sent the message. */
    public static final String SENDER = "sender";

    /** Where an answer goes. The address is checked, so it counts under its exact name only. */
    public static final String REPLY_TO = "reply-to";

    /** Of a SUBSCRIBE: the session that this client had before, whose own messages are left out, too. */
    public static final String RESUMED_SESSION = "x-resumed-session";

    /** {@code false} on a NACK: not to be delivered again. */
    public static final String REQUEUE = "requeue";

    public static final String SUBSCRIPTION = "subscription";

    /** Of a CONNECT: tells tabs of one user apart when one comes back, and names no durable subscriptions. */
    public static final String TAB = "x-tab";

    /** Milliseconds until the token of the connection expires. */
    public static final String TOKEN_EXPIRES_IN = "token-expires-in";

    /** When the message was sent, milliseconds since 1970. */
    public static final String TIMESTAMP = "timestamp";

    public static final String TRANSACTION = "transaction";

    /** Of a message to a user: how many messages are kept for the user at the destination that it tells about. */
    public static final String UNREAD = "x-unread";

    /** Headers that say something about one frame: passed on, they would be mistaken for those of the next frame. */
    public static final Set<String> OF_ONE_FRAME = Set.of(
            ACK,
            CONTENT_LENGTH,
            DESTINATION,
            DROPPED,
            DUPLICATE,
            IDEMPOTENCY_KEY,
            MESSAGE_ID,
            PRESENCE,
            RECEIPT,
            RECEIPT_ID,
            RECOVERED,
            REPLAYED,
            REQUEUE,
            RESUMED_SESSION,
            STREAM_OFFSET,
            SUBSCRIPTION,
            TRANSACTION);

    /** Headers of a message that the server sets: a sender could forge them. */
    public static final Set<String> SET_BY_SERVER = Set.of(DELIVERY_TIME, REDELIVERED, TIMESTAMP);

    /** Headers of a message that only the server and its beans set: a page reads them as their word. */
    static final Set<String> WORD_OF_SERVER = Set.of(INBOX_ID, SENDER, UNREAD, "snapshot", "user-name", "version");

    /**
     * Secrets, in any case: a page that adds them to every frame must not show them to others. The console does not
     * show them either ({@code frames.js}).
     */
    static final Set<String> CREDENTIALS = Set.of("authorization", "passcode");

    /** Begin names of Jakarta Messaging and of our own properties. */
    static final List<String> RESERVED_PREFIXES = List.of("JMSX", "stompline_");

    private HeaderNames() {}

    /** Whether a header travels with the message. */
    public static boolean isPassedOn(String name) {
        String read = asRead(name);
        return !OF_ONE_FRAME.contains(read) && !SET_BY_SERVER.contains(read);
    }

    /** Whether a client may set a header of a message that others receive; a bean may set all that travel. */
    public static boolean isForClients(String name) {
        String read = asRead(name);
        return isPassedOn(name)
                && !WORD_OF_SERVER.contains(read)
                && !isCredential(name)
                && RESERVED_PREFIXES.stream().noneMatch(read::startsWith)
                && (!read.equals(REPLY_TO) || read.equals(name));
    }

    /** Whether the value of a header is a secret. */
    public static boolean isCredential(String name) {
        return CREDENTIALS.contains(asRead(name).toLowerCase(Locale.ROOT));
    }

    /** The name as stompjs reads it (seen in 7.2.1), without blanks around it: {@code "sender "} is a sender there. */
    private static String asRead(String name) {
        int start = 0;
        int end = name.length();
        while (start < end && isBlank(name.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(name.charAt(end - 1))) {
            end--;
        }
        return name.substring(start, end);
    }

    /** All that JavaScript's {@code trim} removes, and a few more. */
    private static boolean isBlank(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == '\uFEFF';
    }
}
