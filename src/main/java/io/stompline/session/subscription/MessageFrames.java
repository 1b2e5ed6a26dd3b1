package io.stompline.session.subscription;

import io.stompline.frame.Deflation;
import io.stompline.frame.EncodedFrame;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import io.stompline.routing.Message;
import io.stompline.routing.hub.Broadcast;
import io.stompline.session.protocol.AckMode;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes the MESSAGE frames of one subscription, and the ids that ACK and NACK name. Thread-safe; does not block.
 *
 * <p>With {@code ack:auto} a message shows its own id. Otherwise the id has the form {@code subscription-count}: unique
 * in the connection, whatever ids the message broker makes.
 */
final class MessageFrames {
    private static final int MAX_NUMBER_DIGITS = 9;

    private final Version version;
    private final SubscriptionTerms terms;
    private final String ackPrefix;
    private final Deflation deflation;

    /** Begins every frame whose message shows its own id. */
    private final byte[] head;

    private final AtomicLong count = new AtomicLong();

    /**
     * For one subscription.
     *
     * @param number which subscription of the connection it is, from 1
     * @param deflation of the connection
     */
    MessageFrames(Version version, SubscriptionTerms terms, long number, Deflation deflation) {
        this.version = version;
        this.terms = terms;
        this.ackPrefix = number + "-";
        this.deflation = deflation;
        this.head = Broadcast.head(
                new Headers.Builder().add("subscription", terms.id()).build(), version);
    }

    /** The {@code message-id} under which a message is about to be delivered; a made one is new at each call. */
    String nextId(Message message) {
        return showsOwnId(message) ? message.id() : ackPrefix + count.incrementAndGet();
    }

    /** The frame of a message under an id of {@link #nextId}. */
    EncodedFrame frame(Broadcast broadcast, String id) {
        return frame(broadcast, id, Headers.none());
    }

    /** The same with headers of this frame alone. */
    EncodedFrame frame(Broadcast broadcast, String id, Headers marks) {
        boolean ownId = showsOwnId(broadcast.message());
        if (ownId && marks.size() == 0) {
            return broadcast.frame(version, head, deflation);
        }
        Headers.Builder headers =
                new Headers.Builder().add("subscription", terms.id()).addAll(marks);
        if (!ownId) {
            headers.add("message-id", id);
        }
        if (terms.ackMode() != AckMode.AUTO && version == Version.V1_2) {
            headers.add("ack", id);
        }
        return broadcast.frame(version, headers.build(), deflation);
    }

    /** Whether {@link #nextId} has made that id. */
    boolean hasMade(String id) {
        String number = id.startsWith(ackPrefix) ? id.substring(ackPrefix.length()) : "";
        return number.matches("[1-9]\\d{0,17}") && Long.parseLong(number) <= count.get();
    }

    private boolean showsOwnId(Message message) {
        return terms.ackMode() == AckMode.AUTO && !message.id().isEmpty();
    }

    /** Whether an id has the form of those that messages have of their own (JMS, "JMSMessageID"; local topics). */
    static boolean mayBeOwn(String id) {
        return id.startsWith("ID:") || id.startsWith(Message.LOCAL_ID_PREFIX);
    }

    /** The count in an id that {@link #nextId} made: ordered by it, ids of a subscription are in order of delivery. */
    static long count(String madeId) {
        return Long.parseLong(madeId.substring(madeId.indexOf('-') + 1));
    }

    /** The number of the subscription that made an id; 0 if no subscription makes such ids. */
    static long subscriptionNumber(String ackId) {
        int dash = ackId.indexOf('-');
        String digits = dash < 0 ? "" : ackId.substring(0, dash);
        boolean wellFormed = !digits.isEmpty()
                && digits.length() <= MAX_NUMBER_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return wellFormed ? Long.parseLong(digits) : 0;
    }
}
