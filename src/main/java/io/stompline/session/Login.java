package io.stompline.session;

import io.stompline.frame.Command;
import io.stompline.frame.Frame;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import io.stompline.security.Access;
import io.stompline.security.Caller;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.Negotiation;
import io.stompline.session.protocol.SessionLimits;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import io.stompline.session.subscription.DurableName;
import java.util.Optional;

/**
 * What came of a CONNECT (STOMP 1.2, "Connecting").
 *
 * @param agreed version and heart-beats
 * @param caller who connected
 * @param durableOwner whom durable subscriptions of this connection belong to: the caller with the client id
 */
public record Login(Negotiation agreed, Caller caller, String durableOwner) {
    /**
     * Negotiates, then finds out who it is: by login and passcode, or else whom the container authenticated.
     *
     * @throws StompException UNSUPPORTED_VERSION, MISSING_HEADER, INVALID_HEADER or ACCESS_REFUSED
     */
    static Login of(Frame frame, Handshake handshake, SessionServices services) {
        SessionLimits limits = services.limits();
        Negotiation agreed = Negotiation.of(frame, handshake.subprotocol(), limits.beats());
        ClientFrame connect = new ClientFrame(frame, agreed.version(), limits.headers());
        connect.checkConnect();
        Caller caller = identify(connect, handshake, services);
        return new Login(
                agreed,
                caller,
                DurableName.owner(caller.name(), connect.clientId().orElse("")));
    }

    /** The answer to the client. */
    Frame connected(Handshake handshake, String server) {
        Headers.Builder headers = new Headers.Builder()
                .add("version", agreed.version().number())
                .add("session", handshake.sessionId())
                .add("server", server);
        if (agreed.version().isAtLeast(Version.V1_1)) {
            headers.add("heart-beat", agreed.offered().header());
        }
        return Frame.of(
                Command.CONNECTED, headers.add("user-name", caller.name()).build());
    }

    private static Caller identify(ClientFrame connect, Handshake handshake, SessionServices services) {
        Optional<Caller> found = connect.login().isPresent()
                ? authenticate(
                        connect.login().get(),
                        connect.passcode().orElse(""),
                        handshake.remoteAddress(),
                        services.access())
                : handshake.caller();
        return found.orElseThrow(() -> refused("the server did not accept the login and passcode of this CONNECT"));
    }

    private static Optional<Caller> authenticate(String login, String passcode, String address, Access access) {
        Optional<Caller> found = access.authenticate(login, passcode, address);
        if (found.isEmpty() && access.throttle().isLocked(login, address)) {
            throw refused(
                    "too many logins failed; wait a while (stompline.login.max-failures, stompline.login.lock-time)");
        }
        return found;
    }

    private static StompException refused(String detail) {
        return new StompException(StompError.ACCESS_REFUSED, detail);
    }
}
