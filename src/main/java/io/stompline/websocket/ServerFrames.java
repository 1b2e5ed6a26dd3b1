package io.stompline.websocket;

import io.stompline.frame.DeflatedFrames;
import io.stompline.session.outbox.WireMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** The WebSocket frames of messages that a server sends: one final frame each, not masked (RFC 6455, 5.2). */
final class ServerFrames {
    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_BINARY = 0x82;

    /** Of a deflated message (RFC 7692, 6). */
    private static final int RSV1 = 0x40;

    private static final int LONGEST_IN_ONE = 125;
    private static final int LONGEST_IN_TWO = 0xffff;
    private static final int LENGTH_IN_TWO = 126;
    private static final int LENGTH_IN_EIGHT = 127;
    private static final int LONGEST_HEADER = 10;

    private ServerFrames() {}

    /** The frames of these messages, one after the other. */
    static ByteBuffer of(List<WireMessage> messages) {
        byte[] frames = new byte[capacity(messages)];
        int end = 0;
        for (WireMessage message : messages) {
            end = put(message, frames, end);
        }
        return ByteBuffer.wrap(frames, 0, end);
    }

    /**
     * The same for a client with which {@code permessage-deflate} was agreed: messages are deflated that are smaller
     * then.
     *
     * @param saved is told how much smaller, in octets
     */
    static ByteBuffer deflated(List<WireMessage> messages, IntConsumer saved) {
        byte[] frames = new byte[deflatedCapacity(messages)];
        int end = 0;
        for (WireMessage message : messages) {
            Optional<DeflatedFrames> deflated = message.deflated();
            if (deflated.isPresent()) {
                int size = deflated.get().size();
                end = putHeader(RSV1 | opcode(message), size, frames, end);
                end = deflated.get().copyInto(frames, end);
                saved.accept(message.size() - size);
            } else {
                end = put(message, frames, end);
            }
        }
        return ByteBuffer.wrap(frames, 0, end);
    }

    private static int capacity(List<WireMessage> messages) {
        int capacity = 0;
        for (WireMessage message : messages) {
            capacity += LONGEST_HEADER + message.size();
        }
        return capacity;
    }

    /** Not that of the messages as they are: a client that reads slowly would hold as much memory as without. */
    private static int deflatedCapacity(List<WireMessage> messages) {
        int capacity = 0;
        for (WireMessage message : messages) {
            capacity += LONGEST_HEADER
                    + message.deflated().map(DeflatedFrames::size).orElseGet(message::size);
        }
        return capacity;
    }

    private static int put(WireMessage message, byte[] frames, int offset) {
        return message.copyInto(frames, putHeader(opcode(message), message.size(), frames, offset));
    }

    private static int opcode(WireMessage message) {
        return message.isText() ? FINAL_TEXT : FINAL_BINARY;
    }

    private static int putHeader(int first, int length, byte[] frames, int offset) {
        frames[offset] = (byte) first;
        if (length <= LONGEST_IN_ONE) {
            frames[offset + 1] = (byte) length;
            return offset + 2;
        }
        boolean inTwo = length <= LONGEST_IN_TWO;
        frames[offset + 1] = (byte) (inTwo ? LENGTH_IN_TWO : LENGTH_IN_EIGHT);
        return putNumber(length, inTwo ? Short.BYTES : Long.BYTES, frames, offset + 2);
    }

    /** The highest octet first. */
    private static int putNumber(long number, int octets, byte[] frames, int offset) {
        for (int i = 0; i < octets; i++) {
            frames[offset + i] = (byte) (number >> (Byte.SIZE * (octets - 1 - i)));
        }
        return offset + octets;
    }
}
