package io.stompline.websocket.tyrus;

/**
 * Bounds the size of messages that Grizzly copies.
 *
 * <p>Grizzly (seen in 4.0.2) copies a message that is smaller than its buffer, 8 KiB, into a new buffer of that size; a
 * larger one it sends without a copy. {@code ServletResponse.setBufferSize} only enlarges the buffer.
 */
final class CopyLimit {
    private static final String SETTER = "setBufferSize";

    /** A small message with its headers. */
    private static final int MAX_BYTES = 512;

    private CopyLimit() {}

    static void probe(ServerClasses server) throws ReflectiveOperationException {
        GrizzlySocket.outputType(server).getMethod(SETTER, int.class);
    }

    /** Called before the response begins. */
    static void apply(GrizzlySocket socket) throws ReflectiveOperationException {
        socket.output().getClass().getMethod(SETTER, int.class).invoke(socket.output(), MAX_BYTES);
    }
}
