package io.stompline.session.protocol;

/**
 * How a connection is closed, whatever its transport: each transport maps the status to its own code.
 *
 * <p>A transport that has no code of its own for a status can still say whether to connect again.
 */
public enum CloseStatus {
    /** The client asked for the end, or has gone. */
    NORMAL(false),
    /** The server stops or starts again; another node, or this one later, takes the client. */
    RESTART(true),
    /** The client sent what STOMP or this server's headers do not allow; it would again. */
    PROTOCOL_ERROR(false),
    /** The client broke a rule of this server. */
    POLICY_VIOLATION(false),
    /** The client sent more than a limit of this server. */
    TOO_BIG(false),
    /** A fault of the server, or a transport that no longer takes bytes. */
    INTERNAL_ERROR(true),
    /** The server or its message broker is short of something now. */
    TRY_AGAIN_LATER(true);

    private final boolean reconnect;

    CloseStatus(boolean reconnect) {
        this.reconnect = reconnect;
    }

    /** Whether the same client may expect a new connection to last longer; it should wait before it tries. */
    public boolean shouldReconnect() {
        return reconnect;
    }
}
