package io.stompline.websocket;

import io.stompline.session.outbox.WireMessage;
import java.nio.ByteBuffer;
import java.util.List;

/** The WebSocket frames of messages that a server sends: one final frame each, not masked (RFC 6455, 5.2). */
final class ServerFrames {
    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_BINARY = 0x82;
    private static final int LONGEST_IN_ONE = 125;
    private static final int LONGEST_IN_TWO = 0xffff;
    private static final int LENGTH_IN_TWO = 126;
    private static final int LENGTH_IN_EIGHT = 127;
    private static final int LONGEST_HEADER = 10;

    private ServerFrames() {}

    /** The frames of these messages, one after the other. */
    static ByteBuffer of(List<WireMessage> messages) {
        int capacity = 0;
        for (WireMessage message : messages) {
            capacity += LONGEST_HEADER + message.size();
        }
        ByteBuffer frames = ByteBuffer.allocate(capacity);
        for (WireMessage message : messages) {
            frames.put((byte) (message.isText() ? FINAL_TEXT : FINAL_BINARY));
            putLength(message.size(), frames);
            frames.position(message.copyInto(frames.array(), frames.position()));
        }
        return frames.flip();
    }

    private static void putLength(int length, ByteBuffer frame) {
        if (length <= LONGEST_IN_ONE) {
            frame.put((byte) length);
        } else if (length <= LONGEST_IN_TWO) {
            frame.put((byte) LENGTH_IN_TWO).putShort((short) length);
        } else {
            frame.put((byte) LENGTH_IN_EIGHT).putLong(length);
        }
    }
}
