package io.stompline.http;

import io.stompline.gateway.ConnectionIds;
import io.stompline.gateway.HandshakePrincipal;
import io.stompline.gateway.Inbox;
import io.stompline.gateway.LogoutListener;
import io.stompline.gateway.StompGateway;
import io.stompline.session.StompSession;
import io.stompline.session.outbox.Wire;
import io.stompline.session.port.Handshake;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Opens one session over plain HTTP.
 *
 * @param node the name of this node, which is in that of the session
 * @param remoteAddress of the client
 * @param user whom the container knows
 */
record Opening(
        StompGateway gateway,
        HttpConnections connections,
        String node,
        String remoteAddress,
        Optional<HandshakePrincipal> user) {
    private static final Duration CHECKED_EVERY = Duration.ofSeconds(1);

    /** Against proxies that collect an answer (nginx knows it, and others). */
    private static final Map<String, String> UNBUFFERED = Map.of("X-Accel-Buffering", "no");

    /**
     * Opens it with the answer to this request as its way down.
     *
     * @param octets the first that the client sends
     */
    void stream(Exchange exchange, ByteBuffer octets) {
        if (!exchange.claim()) {
            return;
        }
        Session session = new Session();
        StreamWire wire = new StreamWire(exchange, () -> {
            connections.remove(session.name());
            return gateway.closing();
        });
        exchange.write(Events.open(session.json()), taken -> {});
        exchange.write(Events.comment(), taken -> {});
        Inbox inbox = session.open(wire, Optional.empty());
        wire.onPing(inbox.session()::pingTaken);
        exchange.onBroken(inbox.session()::leave);
        exchange.stream(UNBUFFERED);
        inbox.accept(octets);
    }

    /**
     * Opens it for a client that will poll.
     *
     * @param octets the first that the client sends
     */
    void poll(Exchange exchange, ByteBuffer octets) {
        if (!exchange.claim()) {
            return;
        }
        Session session = new Session();
        PollWire wire = new PollWire(System::nanoTime, () -> {
            gateway.later(PollWire.LONGEST_ABSENCE, () -> connections.remove(session.name()));
            return gateway.closing();
        });
        Inbox inbox = session.open(wire, Optional.of(wire));
        connections.awaitConnect(inbox.session(), remoteAddress);
        exchange.answerClaimed(Answer.json(session.json()));
        inbox.accept(octets);
        watch(wire, inbox.session());
    }

    private void watch(PollWire wire, StompSession session) {
        if (wire.check()) {
            session.leave();
        }
        if (!session.hasEnded()) {
            gateway.later(CHECKED_EVERY, () -> watch(wire, session));
        }
    }

    /** What is new for the client. */
    private final class Session {
        private final String id = ConnectionIds.next();
        private final Secret secret = new Secret();

        private String name() {
            return SessionPath.name(node, id);
        }

        private String json() {
            return Events.opening(name(), secret, PollWire.LONGEST_POLL);
        }

        private Inbox open(Wire wire, Optional<PollWire> polls) {
            Handshake handshake =
                    new Handshake(id, remoteAddress, user.map(HandshakePrincipal::login), Optional.empty());
            Inbox inbox = gateway.open(handshake, wire);
            Optional<String> name = user.map(HandshakePrincipal::getName);
            connections.add(name(), new HttpConnection(secret, name, inbox, polls, watchLogout(inbox.session())));
            return inbox;
        }

        private Runnable watchLogout(StompSession session) {
            return user.flatMap(
                            known -> known.session().map(http -> LogoutListener.watch(session, http, known.known())))
                    .orElse(() -> {});
        }
    }
}
