package io.stompline.session;

import io.stompline.bounds.TokenBucket;
import io.stompline.frame.Command;
import io.stompline.frame.EncodedFrame;
import io.stompline.frame.Frame;
import io.stompline.frame.FrameDecoder;
import io.stompline.frame.FrameEncoder;
import io.stompline.frame.Headers;
import io.stompline.metrics.Meter;
import io.stompline.routing.BusException;
import io.stompline.security.Admission;
import io.stompline.security.Authentication;
import io.stompline.security.Credentials;
import io.stompline.security.audit.Refused;
import io.stompline.session.port.Handshake;
import io.stompline.session.port.SessionView;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.Negotiation;
import io.stompline.session.protocol.SessionLimits;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import java.util.Optional;

/**
 * Carries out one frame of a client and answers it: CONNECT and DISCONNECT here, the frames between them in {@link
 * Conversation}. On the lane.
 */
final class FrameHandler {
    private static final System.Logger LOG = System.getLogger(FrameHandler.class.getName());

    /** So many refusals a second, and twice as many at once, a message tells; the next is an ERROR. */
    private static final int MAX_TOLD_PER_SECOND = 50;

    private final SessionParts parts;
    private final SessionServices services;
    private final SessionLimits limits;
    private final SessionView session;
    private final LoginState state;
    private final Exit exit;
    private final FrameDecoder decoder;
    private final TokenBucket told;

    /** The user that the client claimed to be at CONNECT. */
    private Optional<String> claimed = Optional.empty();

    /** @param decoder learns the version at CONNECT */
    FrameHandler(SessionParts parts, FrameDecoder decoder) {
        this.parts = parts;
        this.services = parts.services();
        this.limits = services.limits();
        this.session = parts.session();
        this.state = parts.state();
        this.exit = parts.exit();
        this.decoder = decoder;
        this.told = new TokenBucket(MAX_TOLD_PER_SECOND, services.nanoClock());
    }

    /**
     * Carries one frame out.
     *
     * @return whether it is carried out, or has to come again
     * @throws StompException if it cannot be carried out
     * @throws BusException the message broker failed; if it is away, the frame may come again
     */
    Outcome handle(Frame frame) {
        Command command = frame.command();
        if (command.sender() == Command.Sender.SERVER) {
            throw new StompException(StompError.SERVER_COMMAND, command + " is sent by servers, not by clients");
        }
        if (command.isConnect()) {
            return connect(frame);
        }
        Conversation conversation = state.loggedIn()
                .orElseThrow(
                        () -> new StompException(StompError.NOT_CONNECTED, "the first frame must be CONNECT or STOMP"))
                .conversation();
        ClientFrame clientFrame = new ClientFrame(frame, state.version(), limits.headers());
        clientFrame.checkComplete();
        Optional<String> receipt = clientFrame.receipt();
        if (command == Command.DISCONNECT) {
            exit.disconnect(receipt.map(id -> receiptFor(id, Headers.none())));
            return Outcome.DONE;
        }
        try {
            Outcome outcome = conversation.carryOut(clientFrame);
            if (outcome instanceof Outcome.Done done) {
                receipt.ifPresent(id -> answer(receiptFor(id, done.receipt())));
                done.afterReceipt().run();
            }
            return outcome;
        } catch (StompException e) {
            if (!isSurvived(e, clientFrame) || !told.tryTake()) {
                throw e;
            }
            noteRefusal(e, clientFrame);
            conversation.tellDenied(clientFrame, e);
            return Outcome.DONE;
        }
    }

    /** Whether a message tells the client, instead of an ERROR: not in a transaction, which would lack the SEND. */
    private boolean isSurvived(StompException e, ClientFrame frame) {
        boolean survivable = switch (frame.frame().command()) {
            case SEND -> e.error().isDenial();
            case SUBSCRIBE -> e.error().isDenial() || e.error().opensNothing();
            default -> false;
        };
        return survivable && !limits.endsDenied() && frame.transaction().isEmpty();
    }

    /**
     * Answers a frame that failed and does not come again: by an ERROR, and the connection ends; or by a message, if
     * the message broker is away and the client asked for that.
     */
    void failed(Frame frame, Throwable cause) {
        if (isToldUntaken(frame, cause)) {
            return;
        }
        if (cause instanceof StompException e) {
            noteRefusal(e, new ClientFrame(frame, state.version(), limits.headers()));
            fail(frame, e.error(), e.getMessage(), e.headers(), Optional.empty());
        } else if (cause instanceof BusException e) {
            StompError error = StompError.of(e.reason());
            fail(frame, error, e.getMessage(), Headers.none(), Optional.ofNullable(e.getCause()));
        } else {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "a fault of the server in " + frame.command() + " of session " + session.id(),
                    cause);
            fail(
                    frame,
                    StompError.INTERNAL,
                    "the server failed to carry out the frame; its log says more",
                    Headers.none(),
                    Optional.empty());
        }
    }

    /** Not, if the application cannot write the message. */
    private boolean isToldUntaken(Frame frame, Throwable cause) {
        ClientFrame failed = new ClientFrame(frame, state.version(), limits.headers());
        try {
            return state.loggedIn()
                    .filter(client -> client.conversation().tellUntaken(failed, cause))
                    .isPresent();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a client could not be told that its frame was not taken", e);
            return false;
        }
    }

    /** Waits without a thread while many log in. */
    private Outcome connect(Frame frame) {
        if (state.loggedIn().isPresent()) {
            throw new StompException(StompError.ALREADY_CONNECTED, "a connection is opened by one CONNECT frame only");
        }
        Admission admission = services.access().admission();
        if (!admission.beginLogin()) {
            return new Outcome.Deferred(admission::hasRoomForLogin);
        }
        try {
            return authenticate(frame);
        } finally {
            admission.endLogin();
        }
    }

    /** By the credentials of the frame, or else as the caller of the handshake. */
    private Outcome authenticate(Frame frame) {
        Handshake handshake = parts.handshake();
        Negotiation agreed = Negotiation.of(frame, handshake.subprotocol(), limits.beats());
        ClientFrame connect = new ClientFrame(frame, agreed.version(), limits.headers());
        Credentials shown = connect.credentials(services.access().takesLoneTokens());
        Credentials credentials =
                shown instanceof Credentials.None && handshake.login().isPresent()
                        ? handshake.login().get()
                        : shown;
        claimed = credentials.user();
        Authentication outcome = services.access().login(credentials, handshake.remoteAddress());
        if (outcome instanceof Authentication.Pending pending) {
            return new Outcome.Deferred(pending.over());
        }
        if (outcome instanceof Authentication.Refused refused) {
            throw new StompException(StompError.ACCESS_REFUSED, refused.detail());
        }
        enter(Login.of(agreed, connect, outcome.accepted().orElseThrow()));
        return Outcome.DONE;
    }

    private void enter(Login login) {
        claimed = Optional.of(login.caller().name());
        parts.pass().enter(login.caller().name()).ifPresent(refusal -> {
            throw new StompException(StompError.TOO_MANY_CONNECTIONS, refusal);
        });
        state.use(login.agreed().version());
        decoder.use(state.version(), limits.frames());
        answer(FrameEncoder.encode(
                login.connected(parts.handshake(), limits, services.wallClock().instant()), state.version()));
        parts.pulse().start(login.agreed().heartBeats());
        Conversation conversation = new Conversation(parts, login, new SubscriberLink(parts, login.caller()));
        state.enter(new LoginState.LoggedIn(
                login,
                conversation,
                services.quotas().rates().of(login.caller().name()),
                services.wallClock().instant()));
        // After the login can be seen: only then does a check know when the first heart-beat is due.
        parts.nextCheck().atOnce();
        services.metrics().counter(Meter.SESSIONS_CONNECTED).increment();
        services.listener().connected(session);
        conversation.begin();
    }

    private EncodedFrame receiptFor(String id, Headers more) {
        Headers headers =
                new Headers.Builder().add("receipt-id", id).addAll(more).build();
        return FrameEncoder.encode(Frame.of(Command.RECEIPT, headers), state.version());
    }

    private void answer(EncodedFrame frame) {
        parts.outbox().offerControl(frame);
    }

    private void fail(Frame frame, StompError error, String detail, Headers more, Optional<Throwable> cause) {
        ClientFrame failed = new ClientFrame(frame, state.version(), limits.headers());
        Optional<String> receipt = failed.receiptAsSent();
        Headers headers =
                new Headers.Builder().add("receipt-id", receipt).addAll(more).build();
        // A CONNECT has none of what tells frames apart, and its ERROR says no more than it must.
        String where = state.loggedIn().isPresent() ? "\nin the frame " + failed.title() : "";
        exit.fail(error, detail, where, headers, cause);
    }

    private void noteRefusal(StompException e, ClientFrame frame) {
        if (e.error() == StompError.ACCESS_REFUSED) {
            services.metrics().counter(Meter.LOGINS_REFUSED).increment();
        }
        boolean loggedIn = state.loggedIn().isPresent();
        if (e.error() == StompError.FORBIDDEN) {
            services.audit().refused(refused(Refused.What.DESTINATION, e.forLog(", in " + frame.title())));
        } else if (e.error().isRefusal() && loggedIn) {
            services.audit()
                    .refused(
                            refused(Refused.What.RENEWAL, e.getMessage()),
                            () -> services.listener().renewalRefused(session, e.getMessage()));
        } else if (e.error().isRefusal()) {
            services.audit().refused(refused(Refused.What.LOGIN, e.getMessage()));
        }
    }

    private Refused refused(Refused.What what, String reason) {
        Optional<String> user =
                state.loggedIn().map(client -> client.login().caller().name()).or(() -> claimed);
        return new Refused(what, session.id(), session.remoteAddress(), user, reason);
    }
}
