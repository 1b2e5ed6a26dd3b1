package io.stompline.websocket.stream;

/** Finds the frame headers in a stream of bytes, which may be cut anywhere (RFC 6455, 5.2). One thread at a time. */
final class FrameScan {
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int OPCODE = 0x0F;
    private static final int FIRST_CONTROL = 8;
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

    /** Is told of each frame header, mask excluded. */
    @FunctionalInterface
    interface Listener {
        /**
         * A header is complete.
         *
         * @param length octets of the payload; negative if the client set the highest bit, which RFC 6455 reserves
         */
        void header(int opcode, boolean masked, long length);
    }

    private final Listener listener;
    private Part next = Part.OPCODE;
    private int opcode;
    private boolean masked;
    private int lengthBytes;
    private long length;
    private long toSkip;
    private int headerAt;
    private long messages;
    private boolean fragmented;

    /** The opcode in the first octet of a frame. */
    static int opcode(byte first) {
        return first & OPCODE;
    }

    FrameScan(Listener listener) {
        this.listener = listener;
    }

    /** Takes the next bytes of the stream. */
    void scan(byte[] bytes, int offset, int size) {
        int end = offset + size;
        headerAt = offset;
        for (int at = offset; at < end; ) {
            if (toSkip > 0) {
                int skipped = (int) Math.min(toSkip, end - at);
                toSkip -= skipped;
                at += skipped;
            } else {
                headerAt = next == Part.OPCODE ? at : headerAt;
                header(bytes[at++]);
            }
        }
    }

    /** Where the header that was found last begins in the bytes of this {@link #scan}, or they do. */
    int headerAt() {
        return headerAt;
    }

    /** Octets until the end of the frame whose header was found last; 0 between two frames. */
    long untilEnd() {
        return toSkip;
    }

    /** The number of the message that has begun and not ended, another one for each; 0 between two messages. */
    long unfinished() {
        return fragmented || toSkip > 0 || next != Part.OPCODE ? messages : 0;
    }

    private void startMessage(boolean last) {
        if (!fragmented) {
            messages++;
        }
        if (opcode < FIRST_CONTROL) {
            fragmented = !last;
        }
    }

    private void header(byte octet) {
        switch (next) {
            case OPCODE -> {
                opcode = opcode(octet);
                startMessage(octet < 0);
                next = Part.LENGTH;
            }
            case LENGTH -> {
                masked = octet < 0;
                startLength(octet & LENGTH);
            }
            case MORE_LENGTH -> {
                length = length << Byte.SIZE | Byte.toUnsignedInt(octet);
                lengthBytes--;
                if (lengthBytes == 0) {
                    endHeader();
                }
            }
        }
    }

    private void startLength(int value) {
        length = 0;
        next = Part.MORE_LENGTH;
        if (value == TWO_BYTES) {
            lengthBytes = Short.BYTES;
        } else if (value == EIGHT_BYTES) {
            lengthBytes = Long.BYTES;
        } else {
            length = value;
            endHeader();
        }
    }

    private void endHeader() {
        boolean endless = length < 0 || length > Long.MAX_VALUE - MASK_BYTES;
        toSkip = endless ? Long.MAX_VALUE : length + (masked ? MASK_BYTES : 0);
        next = Part.OPCODE;
        listener.header(opcode, masked, length);
    }
}
