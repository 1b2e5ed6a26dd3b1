package io.stompline.frame;

import java.util.Arrays;

/** A growing array of bytes that its owner keeps below a limit. One thread at a time. */
final class ByteAccumulator {
    private static final byte[] NOTHING = new byte[0];

    private byte[] bytes = NOTHING;
    private int size;

    void append(byte[] source, int start, int end) {
        int needed = size + end - start;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, Math.max(64, bytes.length * 2)));
        }
        System.arraycopy(source, start, bytes, size, end - start);
        size = needed;
    }

    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Forgets the content, and the array, so that an idle connection holds no memory. */
    void clear() {
        bytes = NOTHING;
        size = 0;
    }
}
