package io.stompline.websocket.tyrus;

import jakarta.websocket.Session;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;

/**
 * Writes frames to Tyrus' writer of one WebSocket. Thread-safe.
 *
 * <p>Tyrus (seen in 2.1.5) takes text as a String only and encodes it, octet by octet, to the UTF-8 that the caller has
 * already.
 */
final class TyrusWriter implements ServerAdaptations.DirectWriter {
    private static final PrivateField WEB_SOCKET = new PrivateField("webSocket");
    private static final PrivateField PROTOCOL_HANDLER = new PrivateField("protocolHandler");
    private static final PrivateField WRITER = new PrivateField("writer");

    private final Writer writer;

    private TyrusWriter(Writer writer) {
        this.writer = writer;
    }

    static void probe(ServerClasses server) throws ReflectiveOperationException {
        WEB_SOCKET.in(server.ofTyrus("org.glassfish.tyrus.core.TyrusRemoteEndpoint$Async"));
        PROTOCOL_HANDLER.in(server.ofTyrus("org.glassfish.tyrus.core.TyrusWebSocket"));
        Field writer = WRITER.in(server.ofTyrus("org.glassfish.tyrus.core.ProtocolHandler"));
        if (writer.getType() != Writer.class) {
            throw new IllegalArgumentException(writer + " is no " + Writer.class.getName());
        }
    }

    /**
     * The writer of an open session that has no extensions, or ours, so that frames are just written.
     *
     * @throws LinkageError if applications do not see Tyrus
     */
    static TyrusWriter of(Session session) throws ReflectiveOperationException {
        Object handler = PROTOCOL_HANDLER.of(WEB_SOCKET.of(session.getAsyncRemote()));
        return new TyrusWriter((Writer) WRITER.of(handler));
    }

    @Override
    public void write(ByteBuffer frames, Consumer<Boolean> done) {
        writer.write(frames, new Completion(done));
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
