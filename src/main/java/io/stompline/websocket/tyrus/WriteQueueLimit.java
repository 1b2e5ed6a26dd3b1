package io.stompline.websocket.tyrus;

import java.lang.reflect.Method;

/**
 * Bounds what Grizzly queues for one socket.
 *
 * <p>Grizzly (seen in 4.0.2) queues some megabytes for a client that does not read before it says that the socket is
 * full. Grizzly 5 (seen in 5.0.3) also closes a socket at the write that makes its queue four times as long as it may
 * be, which a single large message does, so that factor is raised: whoever writes only when the socket is ready, as
 * Tyrus does, has one write above the bound.
 */
final class WriteQueueLimit {
    private static final String SETTER = "setMaxAsyncWriteQueueSize";

    /** One more write is taken above it. */
    private static final int MAX_BYTES = 128 * 1024;

    private static final String FACTOR_SETTER = "setPendingBytesHardLimitMultiplier";

    /** Times {@link #MAX_BYTES} it is more than any message. */
    private static final int FACTOR = 16_384;

    private WriteQueueLimit() {}

    static void probe(ServerClasses server) throws ReflectiveOperationException {
        GrizzlySocket.connectionType(server).getMethod(SETTER, int.class);
    }

    static void apply(GrizzlySocket socket) throws ReflectiveOperationException {
        Object connection = socket.connection();
        connection.getClass().getMethod(SETTER, int.class).invoke(connection, MAX_BYTES);
        raiseFactor(connection);
    }

    /** It belongs to the writer of all sockets of the listener. Grizzly 4 has none. */
    private static void raiseFactor(Object connection) throws ReflectiveOperationException {
        Object transport = connection.getClass().getMethod("getTransport").invoke(connection);
        Object writer =
                transport.getClass().getMethod("getWriter", boolean.class).invoke(transport, false);
        for (Method method : writer.getClass().getMethods()) {
            if (method.getName().equals(FACTOR_SETTER)) {
                method.invoke(writer, FACTOR);
            }
        }
    }
}
