package io.stompline.websocket;

import io.stompline.deflate.Compression;
import io.stompline.frame.Deflation;
import io.stompline.session.outbox.Wire;
import io.stompline.session.outbox.WireMessage;
import io.stompline.session.protocol.CloseStatus;
import io.stompline.websocket.tyrus.ServerAdaptations;
import jakarta.websocket.CloseReason;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Sends to one WebSocket of the container. Thread-safe. */
final class WebSocketWire implements Wire {
    private static final System.Logger LOG = System.getLogger(WebSocketWire.class.getName());
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Session session;
    private final Optional<ServerAdaptations.DirectWriter> writer;

    /** Empty unless it was agreed with the client. */
    private final Optional<Compression> compression;

    /** @param agreed what the client takes; empty if all has to go out as it is */
    WebSocketWire(Session session, Optional<Compression> agreed) {
        this.session = session;
        this.writer = ServerAdaptations.ofApplication().writer(session);
        this.compression = agreed.filter(known -> writer.isPresent());
    }

    @Override
    public Deflation deflation() {
        return compression.isPresent() ? compression.get() : Deflation.NONE;
    }

    @Override
    public void send(List<WireMessage> messages, Consumer<Boolean> done) {
        try {
            if (writer.isPresent() && session.isOpen()) {
                writer.get().write(frames(messages), done);
            } else {
                sendByContainer(messages, done);
            }
        } catch (RuntimeException closed) {
            LOG.log(System.Logger.Level.DEBUG, "the socket is closed", closed);
            done.accept(false);
        }
    }

    private ByteBuffer frames(List<WireMessage> messages) {
        return compression.isPresent()
                ? ServerFrames.deflated(messages, compression.get()::countSaved)
                : ServerFrames.of(messages);
    }

    /** One after the other: the container takes no second message before it has sent the first. */
    private void sendByContainer(List<WireMessage> messages, Consumer<Boolean> done) {
        SendHandler next = result -> {
            if (result.isOK() && messages.size() > 1) {
                send(messages.subList(1, messages.size()), done);
            } else {
                done.accept(result.isOK());
            }
        };
        WireMessage first = messages.get(0);
        if (first.isText()) {
            session.getAsyncRemote().sendText(new String(first.toBytes(), StandardCharsets.UTF_8), next);
        } else {
            session.getAsyncRemote().sendBinary(ByteBuffer.wrap(first.toBytes()), next);
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
    public void close(CloseStatus status, String reason) {
        try {
            session.close(new CloseReason(code(status), reason));
        } catch (IOException | RuntimeException closed) {
            LOG.log(System.Logger.Level.DEBUG, "the socket is closed", closed);
        }
    }

    /** The close code of RFC 6455, 7.4.1, and for 1012 and above of the IANA registry "WebSocket Close Code Number". */
    static CloseReason.CloseCodes code(CloseStatus status) {
        return switch (status) {
            case NORMAL -> CloseReason.CloseCodes.NORMAL_CLOSURE;
            case RESTART -> CloseReason.CloseCodes.SERVICE_RESTART;
            case PROTOCOL_ERROR -> CloseReason.CloseCodes.PROTOCOL_ERROR;
            case POLICY_VIOLATION -> CloseReason.CloseCodes.VIOLATED_POLICY;
            case TOO_BIG -> CloseReason.CloseCodes.TOO_BIG;
            case INTERNAL_ERROR -> CloseReason.CloseCodes.UNEXPECTED_CONDITION;
            case TRY_AGAIN_LATER -> CloseReason.CloseCodes.TRY_AGAIN_LATER;
        };
    }
}
