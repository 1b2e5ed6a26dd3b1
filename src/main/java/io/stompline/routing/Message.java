package io.stompline.routing;

import io.stompline.frame.Body;
import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import java.util.regex.Pattern;

/**
 * One message between STOMP and the message broker.
 *
 * <p>Headers keep their STOMP names and values ({@code content-type}, {@code priority}, {@code reply-to}, …); the bus
 * maps them to its own fields. Headers that belong to one frame only ({@code destination}, {@code receipt}, {@code
 * transaction}, {@code content-length}, {@code subscription}, {@code message-id}, {@code ack}) are not among them.
 *
 * @param destination where it was published; never a pattern
 * @param headers each name once
 * @param body octets of the body; for a received text message its UTF-8 form
 * @param origin session id of the connection that sent it, for {@code no-local}; empty if no STOMP client of ours sent
 *     it
 * @param audience whom it is meant for among the subscribers
 * @param id the bus's id of the message; empty before it is published
 */
public record Message(
        Destination destination, Headers headers, Body body, String origin, Audience audience, String id) {
    /** What the ids of messages of local topics begin with; those of Jakarta Messaging begin with {@code ID:}. */
    public static final String LOCAL_ID_PREFIX = "local-";

    private static final Pattern MILLIS = Pattern.compile("[1-9]\\d{0,14}");

    /** A message to every subscriber that is yet to be published. */
    public static Message of(Destination destination, Headers headers, Body body, String origin) {
        return new Message(destination, headers, body, origin, Audience.EVERYBODY, "");
    }

    /** A message that is yet to be published, with an audience and from no STOMP client of ours. */
    public static Message to(Destination destination, Audience audience, Headers headers, Body body) {
        return new Message(destination, headers, body, "", audience, "");
    }

    /** The same, marked as one that may have been delivered before. */
    public Message redelivered() {
        Headers marked = new Headers.Builder()
                .addAll(headers.firstOfEach(name -> !name.equals(HeaderNames.REDELIVERED)))
                .add(HeaderNames.REDELIVERED, "true")
                .build();
        return new Message(destination, marked, body, origin, audience, id);
    }

    /**
     * When it was published, or was to be delivered if that was later, by the clock of who published it, in
     * milliseconds since 1970; 0 if that is not known.
     */
    public long sentMillis() {
        return Math.max(millis(HeaderNames.TIMESTAMP), millis(HeaderNames.DELIVERY_TIME));
    }

    private long millis(String header) {
        return headers.first(header)
                .filter(MILLIS.asMatchPredicate())
                .map(Long::valueOf)
                .orElse(0L);
    }
}
