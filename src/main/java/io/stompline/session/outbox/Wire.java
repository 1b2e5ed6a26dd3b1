package io.stompline.session.outbox;

import io.stompline.frame.Deflation;
import io.stompline.session.protocol.CloseStatus;
import java.util.List;
import java.util.function.Consumer;

/** Port to the transport of one connection. Thread-safe; no method blocks or throws. */
public interface Wire {
    /**
     * Starts to send messages of the transport, in as few writes as it can. The caller waits for {@code done} before it
     * sends the next.
     *
     * @param messages at least one
     * @param done called once on any thread, perhaps before this returns: {@code true} when the transport took all of
     *     them, {@code false} when it never will
     */
    void send(List<WireMessage> messages, Consumer<Boolean> done);

    /** How frames may be deflated for the other side; does not change. */
    default Deflation deflation() {
        return Deflation.NONE;
    }

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
