package io.stompline.gateway;

import io.stompline.security.proxy.RequestSource;
import io.stompline.session.StompSession;
import io.stompline.session.outbox.Wire;
import io.stompline.session.outbox.WireMessage;
import io.stompline.session.port.Handshake;
import io.stompline.session.protocol.CloseStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * A transport of its own kind: the client posts chunks, and reads a list of events, as a long response to a request
 * might have them. It takes every event at once until told to hold. One thread.
 */
final class FakeTransport implements Wire {
    private static final String ADDRESS = "10.0.0.1";

    private final Inbox inbox;
    private final List<String> events = new ArrayList<>();
    private final Queue<Consumer<Boolean>> underWay = new ArrayDeque<>();
    private Optional<CloseStatus> closed = Optional.empty();
    private boolean holding;

    /** A client that is let in at the door. */
    FakeTransport(StompGateway gateway) {
        gateway.door()
                .refusal(Optional.empty(), new RequestSource(ADDRESS, Optional.empty(), false))
                .ifPresent(refusal -> {
                    throw new IllegalStateException(refusal.reason());
                });
        Handshake handshake = new Handshake(ConnectionIds.next(), ADDRESS, Optional.empty(), Optional.empty());
        inbox = gateway.open(handshake, this);
    }

    /** The client posts a chunk; {@code ^} stands for the end of a frame. */
    void post(String chunk) {
        inbox.accept(ByteBuffer.wrap(octets(chunk)));
    }

    /** The client posts each octet by itself. */
    void postOctets(String text) {
        byte[] bytes = octets(text);
        for (int i = 0; i < bytes.length; i++) {
            inbox.accept(ByteBuffer.wrap(bytes, i, 1));
        }
    }

    private static byte[] octets(String text) {
        return text.replace('^', '\0').getBytes(StandardCharsets.UTF_8);
    }

    /** The client has gone. */
    void hangUp() {
        inbox.session().leave();
    }

    /** The client answers a ping. */
    void answerPing() {
        inbox.session().heard();
    }

    StompSession session() {
        return inbox.session();
    }

    /** What came since the last call; the end is {@code "close STATUS reason"}. */
    List<String> events() {
        List<String> fresh = List.copyOf(events);
        events.clear();
        return fresh;
    }

    /** How it was closed; nothing while it is open. */
    Optional<CloseStatus> closed() {
        return closed;
    }

    /** Takes nothing from now on until {@link #release()}. */
    void hold() {
        holding = true;
    }

    /** Takes what is under way and everything from now on. */
    void release() {
        holding = false;
        for (Consumer<Boolean> done = underWay.poll(); done != null; done = underWay.poll()) {
            done.accept(true);
        }
    }

    @Override
    public void send(List<WireMessage> messages, Consumer<Boolean> done) {
        messages.forEach(
                message -> events.add(new String(message.toBytes(), StandardCharsets.UTF_8).replace('\0', '^')));
        if (holding) {
            underWay.add(done);
        } else {
            done.accept(true);
        }
    }

    @Override
    public void ping() {
        events.add("ping");
    }

    @Override
    public void close(CloseStatus status, String reason) {
        closed = Optional.of(status);
        events.add("close " + status + " " + reason);
    }
}
