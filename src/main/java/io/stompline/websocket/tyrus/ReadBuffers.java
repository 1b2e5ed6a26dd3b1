package io.stompline.websocket.tyrus;

import jakarta.servlet.http.HttpUpgradeHandler;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import org.glassfish.tyrus.spi.Connection;

/**
 * The two buffers that Tyrus reads a connection into. One thread at a time, the one that reads.
 *
 * <p>Tyrus (seen in 2.1.5) enlarges both to the largest frame of the connection and never shrinks them: 10,000
 * connections that once sent a large frame would fill the heap.
 */
final class ReadBuffers {
    private static final String FRAME_READER = "org.glassfish.tyrus.core.TyrusWebSocketEngine$TyrusReadHandler";
    private static final int KEPT_BYTES = 8 * 1024;

    private static final PrivateField CONNECTION = new PrivateField("connection");
    private static final PrivateField FROM_SOCKET = new PrivateField("buf");
    private static final PrivateField OF_FRAMES = new PrivateField("buffer");

    private final Object handler;
    private final Object frameReader;

    private ReadBuffers(Object handler, Object frameReader) {
        this.handler = handler;
        this.frameReader = frameReader;
    }

    static void probe(ServerClasses server) throws ReflectiveOperationException {
        Class<?> handler = server.ofTyrus(AdaptedUpgrade.TYRUS_HANDLER);
        check(CONNECTION.in(handler), Connection.class);
        check(FROM_SOCKET.in(handler), ByteBuffer.class);
        check(OF_FRAMES.in(server.ofTyrus(FRAME_READER)), ByteBuffer.class);
    }

    /** The buffers of an open connection. */
    static ReadBuffers of(HttpUpgradeHandler handler) throws ReflectiveOperationException {
        Connection connection = (Connection) CONNECTION.of(handler);
        Object frameReader = connection.getReadHandler();
        // Types only: another thread may be reading.
        check(FROM_SOCKET.in(handler.getClass()), ByteBuffer.class);
        check(OF_FRAMES.in(frameReader.getClass()), ByteBuffer.class);
        return new ReadBuffers(handler, frameReader);
    }

    private static void check(Field field, Class<?> type) {
        if (field.getType() != type) {
            throw new IllegalArgumentException(field + " is no " + type.getName());
        }
    }

    /** Drops those that are empty and larger than 8 KiB; Tyrus then makes new ones. */
    void release() {
        try {
            release(FROM_SOCKET, handler);
            release(OF_FRAMES, frameReader);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void release(PrivateField field, Object owner) throws IllegalAccessException {
        ByteBuffer buffer = (ByteBuffer) field.of(owner);
        if (buffer != null && !buffer.hasRemaining() && buffer.capacity() > KEPT_BYTES) {
            field.set(owner, null);
        }
    }
}
