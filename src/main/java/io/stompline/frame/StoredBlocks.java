package io.stompline.frame;

/** Writes octets as stored blocks of DEFLATE (RFC 1951, 3.2.4), which begin and end with an octet. */
final class StoredBlocks {
    private static final int MAX_OCTETS = 0xffff;
    private static final int HEADER_OCTETS = 5;

    private StoredBlocks() {}

    /** Size in octets of so many octets, with the headers of their blocks; nothing needs no block. */
    static int size(int octets) {
        return octets + HEADER_OCTETS * ((octets + MAX_OCTETS - 1) / MAX_OCTETS);
    }

    /** Copies them into {@code target} and returns the offset behind their last block. */
    static int copyInto(byte[] octets, byte[] target, int offset) {
        int end = offset;
        for (int from = 0; from < octets.length; from += MAX_OCTETS) {
            int length = Math.min(MAX_OCTETS, octets.length - from);
            target[end++] = 0;
            end = putLength(length, target, end);
            end = putLength(~length, target, end);
            System.arraycopy(octets, from, target, end, length);
            end += length;
        }
        return end;
    }

    /** The low octet first, unlike RFC 6455. */
    private static int putLength(int length, byte[] target, int offset) {
        target[offset] = (byte) length;
        target[offset + 1] = (byte) (length >> Byte.SIZE);
        return offset + Short.BYTES;
    }
}
