package io.stompline.session.protocol;

/** Why a connection ends without an ERROR frame. */
public enum CloseCause {
    /** The client sent DISCONNECT. */
    DISCONNECT(CloseStatus.NORMAL, "disconnected"),
    /** The transport was closed by the client or broke. */
    CLIENT_GONE(CloseStatus.NORMAL, "client closed");

    private final CloseStatus status;
    private final String reason;

    CloseCause(CloseStatus status, String reason) {
        this.status = status;
        this.reason = reason;
    }

    /** The status that the transport is closed with. */
    public CloseStatus status() {
        return status;
    }

    /**
     * The reason that the transport is closed with, at most 123 octets so that a close frame holds it (RFC 6455, 5.5).
     */
    public String reason() {
        return reason;
    }
}
