package io.stompline.gateway;

import io.stompline.security.Admission;
import io.stompline.security.OriginRule;
import io.stompline.session.Handshake;
import io.stompline.session.StompSession;
import io.stompline.session.outbox.Wire;
import java.time.Duration;

/** Port to the composition root: what the endpoint needs of it. Thread-safe. */
public interface StompGateway {
    /** Opens the session of a new connection. */
    Connection open(Handshake handshake, Wire wire);

    /** Where clients find the endpoint, below the context root; begins with a slash. */
    String path();

    /** Which handshakes are acceptable. */
    OriginRule originRule();

    /** How many connections are acceptable. */
    Admission admission();

    /** Runs a short task after that time, or at once when the application has stopped. */
    void later(Duration delay, Runnable task);

    /**
     * A session with the way in to it.
     *
     * @param session the session
     * @param inbox takes received bytes
     */
    record Connection(StompSession session, Inbox inbox) {}
}
