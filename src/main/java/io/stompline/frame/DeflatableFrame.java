package io.stompline.frame;

/** A frame whose second part may go out deflated. A class of its own so that the others carry nothing for it. */
public final class DeflatableFrame extends EncodedFrame {
    private final byte[] head;
    private final DeflatedTail deflated;

    /**
     * A frame of these two parts.
     *
     * @param text whether all of it is valid UTF-8
     * @param deflated the same octets as {@code tail}
     */
    public DeflatableFrame(byte[] head, byte[] tail, boolean text, DeflatedTail deflated) {
        super(head, tail, text);
        this.head = head;
        this.deflated = deflated;
    }

    @Override
    public boolean isDeflated() {
        return deflated.isThere();
    }

    @Override
    int deflatedSize() {
        return isDeflated() ? StoredBlocks.size(head.length) + deflated.octets().length : super.deflatedSize();
    }

    @Override
    int copyDeflatedInto(byte[] target, int offset) {
        if (!isDeflated()) {
            return super.copyDeflatedInto(target, offset);
        }
        int end = StoredBlocks.copyInto(head, target, offset);
        byte[] octets = deflated.octets();
        System.arraycopy(octets, 0, target, end, octets.length);
        return end + octets.length;
    }
}
