package io.stompline.session.outbox;

import io.stompline.frame.DeflatedFrames;
import io.stompline.frame.EncodedFrame;
import java.util.List;
import java.util.Optional;

/** One message of the transport: a STOMP frame, a heart-beat, or several of them. Immutable. */
public final class WireMessage {
    private final List<EncodedFrame> frames;
    private final boolean text;
    private final int size;

    /**
     * A message of these frames, in order.
     *
     * @param text whether it goes out as text; then all of them are valid UTF-8
     */
    public WireMessage(List<EncodedFrame> frames, boolean text) {
        this.frames = List.copyOf(frames);
        this.text = text;
        int octets = 0;
        for (EncodedFrame frame : frames) {
            octets += frame.size();
        }
        this.size = octets;
    }

    /** Whether it is valid UTF-8 and the client expects text; a transport of plain bytes ignores it. */
    public boolean isText() {
        return text;
    }

    /** Size in octets. */
    public int size() {
        return size;
    }

    /** The frames as a stream of DEFLATE; empty if that would not be smaller. */
    public Optional<DeflatedFrames> deflated() {
        if (frames.stream().noneMatch(EncodedFrame::isDeflated)) {
            return Optional.empty();
        }
        DeflatedFrames deflated = new DeflatedFrames(frames);
        return deflated.size() < size ? Optional.of(deflated) : Optional.empty();
    }

    /** Copies the message into {@code target} and returns the offset behind it. */
    public int copyInto(byte[] target, int offset) {
        int end = offset;
        for (EncodedFrame frame : frames) {
            end = frame.copyInto(target, end);
        }
        return end;
    }

    /** The message in one array. */
    public byte[] toBytes() {
        byte[] bytes = new byte[size];
        copyInto(bytes, 0);
        return bytes;
    }
}
