package io.stompline.websocket.tyrus;

/** Closes a socket of Grizzly at once, whatever is queued. */
final class SocketAbort {
    private static final String ABORT = "terminateSilently";

    private SocketAbort() {}

    static void probe(ServerClasses server) throws ReflectiveOperationException {
        GrizzlySocket.connectionType(server).getMethod(ABORT);
    }

    /** Closes that of a {@link GrizzlySocket#connection}; nothing if it is closed. */
    static void apply(Object connection) throws ReflectiveOperationException {
        connection.getClass().getMethod(ABORT).invoke(connection);
    }
}
