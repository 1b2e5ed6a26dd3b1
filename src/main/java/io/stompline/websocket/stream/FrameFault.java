package io.stompline.websocket.stream;

import io.stompline.config.Setting;

/**
 * The reason for which a WebSocket frame of a client is refused.
 *
 * @param tooLarge whether it is larger than the server takes (RFC 6455, 7.4.1: 1009), not wrong (1002)
 * @param sentence the fault, and the setting that would allow the frame, if there is one
 */
public record FrameFault(boolean tooLarge, String sentence) {
    /**
     * A compressed message cannot be inflated.
     *
     * @param reason a sentence's end
     */
    public static FrameFault compressed(boolean tooLarge, String reason) {
        String limit = " (" + Setting.FRAME_MAX_BYTES.key() + ", before CONNECTED "
                + Setting.FRAME_MAX_CONNECT_BYTES.key() + ")";
        return new FrameFault(
                tooLarge, "a compressed WebSocket message cannot be inflated: " + reason + (tooLarge ? limit : ""));
    }

    static FrameFault unmasked() {
        return new FrameFault(false, "a WebSocket frame of a client must be masked (RFC 6455, 5.1)");
    }

    static FrameFault reservedLength() {
        return new FrameFault(false, "the highest bit of the length of a WebSocket frame must be 0 (RFC 6455, 5.2)");
    }

    static FrameFault tooLarge(long length, long max) {
        return new FrameFault(
                true,
                "a WebSocket frame of " + length + " octets; at most " + max + " are taken ("
                        + Setting.WEBSOCKET_MAX_BYTES.key() + "), and a STOMP frame has "
                        + Setting.FRAME_MAX_BYTES.key() + " at most");
    }
}
