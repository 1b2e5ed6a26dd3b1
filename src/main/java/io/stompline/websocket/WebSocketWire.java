package io.stompline.websocket;

import io.stompline.session.outbox.Wire;
import io.stompline.websocket.tyrus.ServerAdaptations;
import jakarta.websocket.CloseReason;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/** Sends to one WebSocket of the container. Thread-safe. */
final class WebSocketWire implements Wire {
    private static final System.Logger LOG = System.getLogger(WebSocketWire.class.getName());
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Session session;
    private final Optional<ServerAdaptations.DirectWriter> writer;

    WebSocketWire(Session session) {
        this.session = session;
        this.writer = ServerAdaptations.ofApplication().writer(session);
    }

    @Override
    public void send(byte[] bytes, boolean text, Consumer<Boolean> done) {
        try {
            if (writer.isPresent() && session.isOpen()) {
                writer.get().send(bytes, text, done);
            } else {
                sendByContainer(bytes, text, result -> done.accept(result.isOK()));
            }
        } catch (RuntimeException closed) {
            LOG.log(System.Logger.Level.DEBUG, "the socket is closed", closed);
            done.accept(false);
        }
    }

    private void sendByContainer(byte[] bytes, boolean text, SendHandler handler) {
        if (text) {
            session.getAsyncRemote().sendText(new String(bytes, StandardCharsets.UTF_8), handler);
        } else {
            session.getAsyncRemote().sendBinary(ByteBuffer.wrap(bytes), handler);
        }
    }

    @Override
    public void ping() {
        try {
            session.getAsyncRemote().sendPing(NOTHING.duplicate());
        } catch (IOException | RuntimeException closed) {
            LOG.log(System.Logger.Level.DEBUG, "the socket is closed", closed);
        }
    }

    @Override
    public void close(int code, String reason) {
        try {
            session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason));
        } catch (IOException | RuntimeException closed) {
            LOG.log(System.Logger.Level.DEBUG, "the socket is closed", closed);
        }
    }
}
