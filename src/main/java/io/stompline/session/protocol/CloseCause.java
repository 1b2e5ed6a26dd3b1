package io.stompline.session.protocol;

/** Why a connection ended, where no ERROR frame says it. */
public enum CloseCause {
    /** The client sent DISCONNECT. */
    DISCONNECT(1000, "disconnected"),
    /** The WebSocket was closed by the client or broke. */
    CLIENT_GONE(1000, "client closed"),
    /** The server stops. */
    SHUTDOWN(1001, "server is going away, please reconnect");

    private final int closeCode;
    private final String reason;

    CloseCause(int closeCode, String reason) {
        this.closeCode = closeCode;
        this.reason = reason;
    }

    /** WebSocket close code (RFC 6455, 7.4.1). */
    public int closeCode() {
        return closeCode;
    }

    /** The reason in the WebSocket close frame. */
    public String reason() {
        return reason;
    }
}
