package io.stompline.session.outbox;

import io.stompline.session.protocol.CloseStatus;
import java.util.function.Consumer;

/** Port to the transport of one connection. Thread-safe; no method blocks or throws. */
public interface Wire {
    /**
     * Starts to send one message of the transport. The caller waits for {@code done} before it sends the next.
     *
     * @param bytes whole STOMP frames and heart-beats, one after the other; handed over, not changed any more
     * @param text whether {@code bytes} is valid UTF-8 and the client expects text; a transport of plain bytes ignores
     *     it
     * @param done called once on any thread, perhaps before this returns: {@code true} when the transport took the
     *     message, {@code false} when it never will
     */
    void send(byte[] bytes, boolean text, Consumer<Boolean> done);

    /** Asks the other side for a sign of life, if the transport can; the answer is reported like received bytes. */
    void ping();

    /**
     * Closes the transport. Idempotent.
     *
     * @param status mapped by the transport to a code of its own, if it has codes
     * @param reason for the other side, at most 123 octets
     */
    void close(CloseStatus status, String reason);
}
