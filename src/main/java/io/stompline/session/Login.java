package io.stompline.session;

import io.stompline.frame.Command;
import io.stompline.frame.Frame;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import io.stompline.security.Authentication;
import io.stompline.security.Caller;
import io.stompline.security.Credentials;
import io.stompline.session.port.Handshake;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.Negotiation;
import io.stompline.session.protocol.SessionLimits;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import io.stompline.session.subscription.DurableName;

/**
 * The outcome of a CONNECT (STOMP 1.2, "Connecting").
 *
 * @param agreed version and heart-beats
 * @param caller the user that logged in
 * @param durableOwner owner of durable subscriptions of this connection: the caller with the client id
 */
public record Login(Negotiation agreed, Caller caller, String durableOwner) {
    /**
     * Negotiates, then authenticates: by the credentials of the frame, or else as the caller of the handshake.
     *
     * @throws StompException UNSUPPORTED_VERSION, INVALID_HEADER or ACCESS_REFUSED
     */
    static Login of(Frame frame, Handshake handshake, SessionServices services) {
        SessionLimits limits = services.limits();
        Negotiation agreed = Negotiation.of(frame, handshake.subprotocol(), limits.beats());
        ClientFrame connect = new ClientFrame(frame, agreed.version(), limits.headers());
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
        Authentication outcome =
                services.access().authenticate(credentials(connect, handshake), handshake.remoteAddress());
        if (outcome instanceof Authentication.Refused refused) {
            throw new StompException(StompError.ACCESS_REFUSED, refused.detail());
        }
        return outcome.accepted().orElseThrow();
    }

    private static Credentials credentials(ClientFrame connect, Handshake handshake) {
        Credentials shown = connect.credentials();
        return shown instanceof Credentials.None && handshake.caller().isPresent()
                ? new Credentials.ContainerCaller(handshake.caller().get())
                : shown;
    }
}
