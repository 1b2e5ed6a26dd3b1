package io.stompline.frame;

import java.util.List;

/**
 * Frames that go out together as one stream of DEFLATE (RFC 1951), ended as RFC 7692, 7.2.1, wants it. What frames
 * share was deflated before; the rest is in stored blocks, which need no deflating.
 *
 * @param frames at least one
 */
public record DeflatedFrames(List<EncodedFrame> frames) {
    /** The end of deflated octets that are flushed: an empty stored block without its first octet. */
    static final byte[] FLUSH = {0, 0, (byte) 0xff, (byte) 0xff};

    /** The first octet of an empty stored block, for which the receiver puts {@link #FLUSH} behind. */
    private static final byte EMPTY_BLOCK = 0;

    /** Size in octets. */
    public int size() {
        int size = endsDeflated() ? -FLUSH.length : 1;
        for (EncodedFrame frame : frames) {
            size += frame.deflatedSize() + (frame.isDeflated() ? FLUSH.length : 0);
        }
        return size;
    }

    /** Copies the stream into {@code target} and returns the offset behind it. */
    public int copyInto(byte[] target, int offset) {
        int end = offset;
        boolean unflushed = false;
        for (EncodedFrame frame : frames) {
            end = unflushed ? flush(target, end) : end;
            end = frame.copyDeflatedInto(target, end);
            unflushed = frame.isDeflated();
        }
        if (!unflushed) {
            target[end++] = EMPTY_BLOCK;
        }
        return end;
    }

    private boolean endsDeflated() {
        return frames.get(frames.size() - 1).isDeflated();
    }

    private static int flush(byte[] target, int offset) {
        System.arraycopy(FLUSH, 0, target, offset, FLUSH.length);
        return offset + FLUSH.length;
    }
}
