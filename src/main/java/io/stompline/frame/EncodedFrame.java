package io.stompline.frame;

import java.nio.charset.StandardCharsets;

/**
 * A frame as bytes, in two parts so that frames for many receivers can share the second. Immutable.
 *
 * <p>The arrays are not copied: the caller must not write to them any more.
 */
public sealed class EncodedFrame permits DeflatableFrame {
    /** One end of line: the heart-beat (STOMP 1.2, "Heart-beating"). */
    public static final EncodedFrame HEART_BEAT = new EncodedFrame(new byte[] {'\n'}, new byte[0], true);

    private final byte[] head;
    private final byte[] tail;
    private final boolean text;

    /**
     * A frame of these two parts.
     *
     * @param text whether all of it is valid UTF-8
     */
    public EncodedFrame(byte[] head, byte[] tail, boolean text) {
        this.head = head;
        this.tail = tail;
        this.text = text;
    }

    /** Size in octets. */
    public int size() {
        return head.length + tail.length;
    }

    /** Whether all of it is valid UTF-8, so that a transport can send it as text. */
    public boolean isText() {
        return text;
    }

    /** Whether a part of it can go out deflated, so that it is smaller; deflates if nobody has. */
    public boolean isDeflated() {
        return false;
    }

    /** Size in octets as blocks of DEFLATE, without {@link DeflatedFrames#FLUSH}. */
    int deflatedSize() {
        return StoredBlocks.size(head.length) + StoredBlocks.size(tail.length);
    }

    /** Copies these blocks into {@code target} and returns the offset behind them. */
    int copyDeflatedInto(byte[] target, int offset) {
        return StoredBlocks.copyInto(tail, target, StoredBlocks.copyInto(head, target, offset));
    }

    /** Copies the frame into {@code target} and returns the offset behind it. */
    public int copyInto(byte[] target, int offset) {
        System.arraycopy(head, 0, target, offset, head.length);
        System.arraycopy(tail, 0, target, offset + head.length, tail.length);
        return offset + size();
    }

    /** The frame in one array. */
    public byte[] toBytes() {
        byte[] bytes = new byte[size()];
        copyInto(bytes, 0);
        return bytes;
    }

    /** As text, for tests and traces. */
    @Override
    public String toString() {
        return new String(toBytes(), StandardCharsets.UTF_8);
    }
}
