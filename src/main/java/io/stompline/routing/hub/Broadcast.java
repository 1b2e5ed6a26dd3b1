package io.stompline.routing.hub;

import io.stompline.frame.Command;
import io.stompline.frame.DeflatableFrame;
import io.stompline.frame.DeflatedTail;
import io.stompline.frame.Deflation;
import io.stompline.frame.EncodedFrame;
import io.stompline.frame.FrameEncoder;
import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import io.stompline.routing.Message;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * One message on its way to many subscribers: encoded, and deflated, once per STOMP version, so that only the
 * receiver's own header lines are made for each. Thread-safe.
 */
public final class Broadcast {
    /** Command, id of the subscription, id for its acknowledgement, marks. */
    private static final int HEAD_BYTES = 600;

    /** Of one version. */
    private static final int TAILS = 4;

    private final Message message;
    private final String destination;
    private final Optional<Position> position;
    private final boolean text;

    /** Ends of the frame by version, with and without the message's own id and position. */
    private final AtomicReferenceArray<byte[]> tails = new AtomicReferenceArray<>(TAILS * Version.values().length);

    /** The same ends for receivers that take them deflated; null until there is one. Guarded by this. */
    private DeflatedTail[] deflated;

    /** Null until somebody asks. */
    private Optional<String> replyTo;

    /** A message that shows its own destination. */
    public Broadcast(Message message) {
        this(message, message.destination().text());
    }

    /** A message that shows another destination: the name under which the receiver knows a private queue. */
    public Broadcast(Message message, String destination) {
        this(message, destination, Optional.empty());
    }

    /** A message that is kept, and shows its position. */
    public Broadcast(Message message, String destination, Position position) {
        this(message, destination, Optional.of(position));
    }

    private Broadcast(Message message, String destination, Optional<Position> position) {
        this.message = message;
        this.destination = destination;
        this.position = position;
        this.text = FrameEncoder.isText(message.body());
    }

    /** The message. */
    public Message message() {
        return message;
    }

    /** Where it is among the messages that the node keeps; empty if it is not kept. */
    public Optional<Position> position() {
        return position;
    }

    /** The length of its frame in STOMP 1.2, in octets, with the longest beginning that is usual. */
    public int size() {
        return HEAD_BYTES + tail(Version.V1_2, true, true).length;
    }

    /** The {@code reply-to} of the message; looked up once for all receivers. */
    public Optional<String> replyTo() {
        Optional<String> known = replyTo;
        if (known == null) {
            // Two threads may both look it up, with the same result.
            known = message.headers().first("reply-to");
            replyTo = known;
        }
        return known;
    }

    /**
     * The MESSAGE frame for one receiver, with the message's own id.
     *
     * @param head begins the frame, see {@link #head}; shared, not copied
     * @param deflation of the receiver's connection; the same for all receivers that have any
     */
    public EncodedFrame frame(Version version, byte[] head, Deflation deflation) {
        return frame(head, index(version, true, true), tail(version, true, true), deflation);
    }

    /**
     * The same with header lines of this receiver alone: a {@code message-id} or a position among them stands for the
     * message's own.
     */
    public EncodedFrame frame(Version version, Headers receivers, Deflation deflation) {
        boolean withId = !receivers.has(HeaderNames.MESSAGE_ID);
        boolean withPosition = !receivers.has(HeaderNames.STREAM_OFFSET);
        return frame(
                head(receivers, version),
                index(version, withId, withPosition),
                tail(version, withId, withPosition),
                deflation);
    }

    /** The beginning of MESSAGE frames, with header lines of the receiver. */
    public static byte[] head(Headers receivers, Version version) {
        return FrameEncoder.encodeHead(Command.MESSAGE, receivers, version);
    }

    private EncodedFrame frame(byte[] head, int index, byte[] tail, Deflation deflation) {
        return deflation.equals(Deflation.NONE)
                ? new EncodedFrame(head, tail, text)
                : new DeflatableFrame(head, tail, text, deflated(index, tail, deflation));
    }

    private synchronized DeflatedTail deflated(int index, byte[] tail, Deflation deflation) {
        if (deflated == null) {
            deflated = new DeflatedTail[tails.length()];
        }
        if (deflated[index] == null) {
            deflated[index] = deflation.of(destination, message.headers(), tail);
        }
        return deflated[index];
    }

    private static int index(Version version, boolean withId, boolean withPosition) {
        return TAILS * version.ordinal() + (withId ? 1 : 0) + (withPosition ? 2 : 0);
    }

    private byte[] tail(Version version, boolean withId, boolean withPosition) {
        int index = index(version, withId, withPosition);
        byte[] tail = tails.get(index);
        if (tail == null) {
            // Two threads may both encode it: the same bytes, so either will do.
            tail = encodeTail(version, withId, withPosition);
            tails.set(index, tail);
        }
        return tail;
    }

    private byte[] encodeTail(Version version, boolean withId, boolean withPosition) {
        Headers.Builder headers = new Headers.Builder();
        if (withId) {
            headers.add(HeaderNames.MESSAGE_ID, message.id());
        }
        headers.add("destination", destination);
        if (withPosition) {
            headers.add(HeaderNames.STREAM_OFFSET, position.map(Position::text));
        }
        headers.addAll(message.headers());
        return FrameEncoder.encodeTail(headers.build(), message.body(), version);
    }
}
