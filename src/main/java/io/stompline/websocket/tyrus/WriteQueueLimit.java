package io.stompline.websocket.tyrus;

/**
 * Bounds what Grizzly queues for one socket.
 *
 * <p>Grizzly (seen in 4.0.2) queues some megabytes for a client that does not read before it says that the socket is
 * full.
 */
final class WriteQueueLimit {
    private static final String SETTER = "setMaxAsyncWriteQueueSize";

    /** One more write is taken above it. */
    private static final int MAX_BYTES = 128 * 1024;

    private WriteQueueLimit() {}

    static void probe(ServerClasses server) throws ReflectiveOperationException {
        GrizzlySocket.connectionType(server).getMethod(SETTER, int.class);
    }

    static void apply(GrizzlySocket socket) throws ReflectiveOperationException {
        socket.connection().getClass().getMethod(SETTER, int.class).invoke(socket.connection(), MAX_BYTES);
    }
}
