package io.stompline.session;

import io.stompline.frame.Command;
import io.stompline.frame.Frame;
import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import io.stompline.security.Caller;
import io.stompline.session.port.Handshake;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.DurableName;
import io.stompline.session.protocol.Negotiation;
import io.stompline.session.protocol.SessionLimits;
import io.stompline.session.subscription.ClientLinks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The outcome of a CONNECT (STOMP 1.2, "Connecting").
 *
 * @param agreed version and heart-beats
 * @param caller the user that logged in
 * @param durableOwner owner of durable subscriptions of this connection: the caller with the client id
 * @param clients as whom it may come back, see {@link ClientLinks}: as that owner if it gave a client id, and as its
 *     tab; none if it said nothing of it
 */
public record Login(Negotiation agreed, Caller caller, String durableOwner, List<String> clients) {
    /** The login of a caller whose credentials were right. */
    static Login of(Negotiation agreed, ClientFrame connect, Caller caller) {
        String user = caller.name();
        Optional<String> owner = connect.clientId().map(id -> DurableName.owner(user, id));
        Optional<String> tab = connect.tab().map(id -> ClientLinks.tab(user, id));
        return new Login(
                agreed,
                caller,
                owner.orElseGet(() -> DurableName.owner(user, "")),
                Stream.of(owner, tab).flatMap(Optional::stream).toList());
    }

    /** The same with what newer credentials say of the caller. */
    Login of(Caller renewed) {
        return new Login(agreed, renewed, durableOwner, clients);
    }

    /** The answer to the client. */
    Frame connected(Handshake handshake, SessionLimits limits, Instant now) {
        Headers.Builder headers = new Headers.Builder()
                .add("version", agreed.version().number())
                .add("session", handshake.sessionId())
                .add("server", limits.server())
                .add(
                        HeaderNames.MAX_FRAME_BYTES,
                        Integer.toString(limits.frames().maxFrameBytes()));
        if (agreed.version().isAtLeast(Version.V1_1)) {
            headers.add("heart-beat", agreed.offered().header());
        }
        headers.add("user-name", caller.name()).add(HeaderNames.TOKEN_EXPIRES_IN, expiresIn(caller, now));
        return Frame.of(Command.CONNECTED, headers.build());
    }

    /** Milliseconds until the credentials of a caller end; empty if they do not. */
    static Optional<String> expiresIn(Caller caller, Instant now) {
        return caller.expires()
                .map(end -> Long.toString(Math.max(0, Duration.between(now, end).toMillis())));
    }
}
