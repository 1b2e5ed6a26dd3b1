package io.stompline.gateway;

import io.stompline.deflate.Compression;
import io.stompline.security.proxy.TrustedProxies;
import io.stompline.session.outbox.Wire;
import io.stompline.session.port.Handshake;
import java.time.Duration;
import java.util.Set;

/** Port that a transport uses to open sessions; the composition root implements it. Thread-safe. */
public interface StompGateway {
    /**
     * Opens the session of a new connection.
     *
     * @param handshake the facts that the transport knows, with an id of {@link ConnectionIds}
     * @param wire sends the frames of the session
     * @return takes received bytes; its session is told of signs of life and of the end. Does not wait
     */
    Inbox open(Handshake handshake, Wire wire);

    /** Where clients find the endpoint, below the context root; begins with a slash. */
    String path();

    /** How messages are compressed. */
    Compression compression();

    /** Decides which clients may connect; asked before {@link #open}. */
    HandshakeDoor door();

    /** Tells which client a request comes from, if it came through proxies. */
    TrustedProxies proxies();

    /** Roles that rules and handlers name: a transport whose server knows the caller's roles says which it has. */
    Set<String> roles();

    /** Runs a short task after that time on a thread of the node, or at once when the application has stopped. */
    void later(Duration delay, Runnable task);

    /** Runs a task that calls beans of the application, one after the other, on the threads that carry out frames. */
    void execute(Runnable task);

    /**
     * Notes that a transport is being closed; for a short time the end of the node waits for it.
     *
     * @return to be run when it is closed; idempotent
     */
    Runnable closing();
}
