package io.stompline.websocket.tyrus;

/**
 * Counts the frames of one opcode in a stream of bytes, which may be cut anywhere (RFC 6455, 5.2). One thread at a
 * time.
 */
final class FrameCount {
    private static final int OPCODE = 0x0F;
    private static final int LENGTH = 0x7F;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int MASK_BYTES = 4;

    /** The part of a frame header that the next byte belongs to. */
    private enum Part {
        OPCODE,
        LENGTH,
        MORE_LENGTH
    }

    private final int opcode;
    private Part next = Part.OPCODE;
    private boolean counts;
    private boolean masked;
    private int lengthBytes;
    private long length;
    private long toSkip;

    /** Counts frames with that opcode. */
    FrameCount(int opcode) {
        this.opcode = opcode;
    }

    /** Takes the next bytes of the stream; the number of frames whose header ends in them. */
    int count(byte[] bytes, int offset, int size) {
        int found = 0;
        int end = offset + size;
        for (int at = offset; at < end; ) {
            if (toSkip > 0) {
                int skipped = (int) Math.min(toSkip, end - at);
                toSkip -= skipped;
                at += skipped;
            } else if (endsHeader(bytes[at++]) && counts) {
                found++;
            }
        }
        return found;
    }

    private boolean endsHeader(byte octet) {
        switch (next) {
            case OPCODE -> {
                counts = (octet & OPCODE) == opcode;
                next = Part.LENGTH;
                return false;
            }
            case LENGTH -> {
                masked = octet < 0;
                return startLength(octet & LENGTH);
            }
            case MORE_LENGTH -> {
                length = length << Byte.SIZE | Byte.toUnsignedInt(octet);
                lengthBytes--;
                return lengthBytes == 0 && endHeader();
            }
        }
        throw new AssertionError(next);
    }

    private boolean startLength(int value) {
        length = 0;
        next = Part.MORE_LENGTH;
        if (value == TWO_BYTES) {
            lengthBytes = Short.BYTES;
            return false;
        }
        if (value == EIGHT_BYTES) {
            lengthBytes = Long.BYTES;
            return false;
        }
        length = value;
        return endHeader();
    }

    private boolean endHeader() {
        toSkip = length + (masked ? MASK_BYTES : 0);
        next = Part.OPCODE;
        return true;
    }
}
