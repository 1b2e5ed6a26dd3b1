package io.stompline.websocket.tyrus;

import jakarta.websocket.Session;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;

/**
 * Writes frames to the socket of a WebSocket of Tyrus (seen in 2.1.5).
 *
 * <p>Tyrus takes text as a string only and encodes it, octet by octet, to the same UTF-8 that we have already. Thread-safe.
 */
public final class TyrusWriter {
    private static final System.Logger LOG = System.getLogger(TyrusWriter.class.getName());
    private static final String TYRUS = "org.glassfish.tyrus.";
    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_BINARY = 0x82;
    private static final int LONGEST_IN_ONE = 125;
    private static final int LONGEST_IN_TWO = 0xffff;
    private static final int LENGTH_IN_TWO = 126;
    private static final int LENGTH_IN_EIGHT = 127;
    private static final int LONGEST_HEAD = 10;

    private final Writer writer;

    private TyrusWriter(Writer writer) {
        this.writer = writer;
    }

    /**
     * The writer of a session; empty if it is not of Tyrus, or Tyrus has more to do with its frames than to write them.
     *
     * @throws LinkageError if Tyrus is not there
     */
    public static Optional<TyrusWriter> of(Session session) {
        Object remote = session.getAsyncRemote();
        if (!remote.getClass().getName().startsWith(TYRUS)
                || !session.getNegotiatedExtensions().isEmpty()
                || session.getMaxIdleTimeout() > 0) {
            return Optional.empty();
        }
        try {
            Object handler = value(value(remote, "webSocket"), "protocolHandler");
            return Optional.of(new TyrusWriter((Writer) value(handler, "writer")));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "Tyrus encodes text once more", e);
            return Optional.empty();
        }
    }

    /**
     * Sends one message.
     *
     * @param text whether it is text; then the bytes are valid UTF-8
     * @param done called once, perhaps before this returns: whether the socket took it
     */
    public void send(byte[] message, boolean text, Consumer<Boolean> done) {
        ByteBuffer frame = ByteBuffer.allocate(LONGEST_HEAD + message.length);
        frame.put((byte) (text ? FINAL_TEXT : FINAL_BINARY));
        putLength(message.length, frame);
        frame.put(message).flip();
        writer.write(frame, new Completion(done));
    }

    /** RFC 6455, 5.2. */
    private static void putLength(int length, ByteBuffer frame) {
        if (length <= LONGEST_IN_ONE) {
            frame.put((byte) length);
        } else if (length <= LONGEST_IN_TWO) {
            frame.put((byte) LENGTH_IN_TWO).putShort((short) length);
        } else {
            frame.put((byte) LENGTH_IN_EIGHT).putLong(length);
        }
    }

    private static Object value(Object object, String name) throws ReflectiveOperationException {
        Class<?> type = object.getClass();
        while (type.getSuperclass() != Object.class) {
            type = type.getSuperclass();
        }
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(object);
    }

    private static final class Completion extends CompletionHandler<ByteBuffer> {
        private final Consumer<Boolean> done;

        Completion(Consumer<Boolean> done) {
            this.done = done;
        }

        @Override
        public void completed(ByteBuffer frame) {
            done.accept(true);
        }

        @Override
        public void failed(Throwable problem) {
            done.accept(false);
        }

        @Override
        public void cancelled() {
            done.accept(false);
        }
    }
}
