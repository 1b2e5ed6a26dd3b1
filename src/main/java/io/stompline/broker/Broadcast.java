package io.stompline.broker;

import io.stompline.frame.EncodedFrame;
import io.stompline.frame.FrameEncoder;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * One message on its way to many subscribers: encoded once per STOMP version, so that only the receiver's own header lines
 * are made for each. Thread-safe.
 */
public final class Broadcast {
    private static final byte[] COMMAND = "MESSAGE\n".getBytes(StandardCharsets.US_ASCII);

    private final Message message;
    private final String destination;
    private final boolean text;
    private final AtomicReferenceArray<byte[]> tails = new AtomicReferenceArray<>(Version.values().length);

    /** A message that shows its own destination. */
    public Broadcast(Message message) {
        this(message, message.destination().text());
    }

    /** A message that shows another destination: the name under which the receiver knows a private queue. */
    public Broadcast(Message message, String destination) {
        this.message = message;
        this.destination = destination;
        this.text = FrameEncoder.isText(message.body());
    }

    /** The message. */
    public Message message() {
        return message;
    }

    /**
     * The MESSAGE frame for one receiver.
     *
     * @param receiverHeaders encoded header lines of this receiver: {@code subscription}, {@code message-id}, {@code ack}
     */
    public EncodedFrame frame(Version version, byte[] receiverHeaders) {
        byte[] head = new byte[COMMAND.length + receiverHeaders.length];
        System.arraycopy(COMMAND, 0, head, 0, COMMAND.length);
        System.arraycopy(receiverHeaders, 0, head, COMMAND.length, receiverHeaders.length);
        return new EncodedFrame(head, tail(version), text);
    }

    private byte[] tail(Version version) {
        byte[] tail = tails.get(version.ordinal());
        if (tail == null) {
            // Two threads may both encode it: the same bytes, so either will do.
            tail = encodeTail(version);
            tails.set(version.ordinal(), tail);
        }
        return tail;
    }

    private byte[] encodeTail(Version version) {
        Headers headers = new Headers.Builder()
                .add("destination", destination)
                .addAll(message.headers())
                .build();
        return FrameEncoder.encodeTail(headers, message.body(), version);
    }
}
