package io.stompline.websocket.tyrus;

import jakarta.servlet.http.HttpUpgradeHandler;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.glassfish.tyrus.spi.Connection;

/**
 * What Tyrus reads a connection into: two buffers (seen in 2.1.5) that become as large as the largest frame and stay so, which 10,000
 * connections that were busy once could not afford. There is no setting against it. By the thread that reads.
 */
final class ReadBuffers {
    private static final System.Logger LOG = System.getLogger(ReadBuffers.class.getName());
    private static final int KEPT_BYTES = 8 * 1024;

    private static final PrivateField CONNECTION = new PrivateField("connection");
    private static final PrivateField FROM_SOCKET = new PrivateField("buf");
    private static final PrivateField OF_FRAMES = new PrivateField("buffer");

    private final Object handler;
    private final Object frames;

    private ReadBuffers(Object handler, Object frames) {
        this.handler = handler;
        this.frames = frames;
    }

    /** Those of an open connection; empty if they are somewhere else. */
    static Optional<ReadBuffers> of(HttpUpgradeHandler handler) {
        try {
            Connection connection = (Connection) CONNECTION.of(handler).get(handler);
            ReadBuffers found = new ReadBuffers(handler, connection.getReadHandler());
            found.check();
            return Optional.of(found);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            LOG.log(System.Logger.Level.DEBUG, "buffers for reading stay as large as they became", e);
            return Optional.empty();
        }
    }

    private void check() {
        // Only what they are: another thread may be reading.
        if (FROM_SOCKET.of(handler).getType() != ByteBuffer.class
                || OF_FRAMES.of(frames).getType() != ByteBuffer.class) {
            throw new IllegalArgumentException("these are no buffers that we know");
        }
    }

    /** Lets go of those that are large and empty. */
    void release() {
        try {
            release(FROM_SOCKET.of(handler), handler);
            release(OF_FRAMES.of(frames), frames);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void release(Field field, Object owner) throws IllegalAccessException {
        ByteBuffer buffer = (ByteBuffer) field.get(owner);
        if (buffer != null && !buffer.hasRemaining() && buffer.capacity() > KEPT_BYTES) {
            field.set(owner, null);
        }
    }

    /** One name of a field, in any class. */
    private static final class PrivateField extends ClassValue<Field> {
        private final String name;

        PrivateField(String name) {
            this.name = name;
        }

        Field of(Object owner) {
            return get(owner.getClass());
        }

        @Override
        protected Field computeValue(Class<?> type) {
            try {
                Field field = type.getDeclaredField(name);
                field.setAccessible(true);
                return field;
            } catch (NoSuchFieldException e) {
                throw new IllegalArgumentException(type + " has no " + name, e);
            }
        }
    }
}
