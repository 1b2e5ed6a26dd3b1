package io.stompline.session.outbox;

import java.util.function.Consumer;

/** Port to the WebSocket of one connection. Thread-safe; nothing here blocks or throws. */
public interface Wire {
    /**
     * Starts to send one WebSocket message. The caller waits for {@code done} before it sends the next.
     *
     * @param bytes the message; for a text message valid UTF-8
     * @param text whether it goes as a text message
     * @param done called once, perhaps before this returns: {@code true} when the socket took the message
     */
    void send(byte[] bytes, boolean text, Consumer<Boolean> done);

    /** Sends a WebSocket ping; the pong counts as a sign of life. */
    void ping();

    /**
     * Closes the WebSocket. Idempotent.
     *
     * @param code close code (RFC 6455, 7.4)
     * @param reason for the other side
     */
    void close(int code, String reason);
}
