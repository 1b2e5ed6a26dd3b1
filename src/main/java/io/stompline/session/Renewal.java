package io.stompline.session;

import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.routing.Destination;
import io.stompline.security.Authentication;
import io.stompline.security.Caller;
import io.stompline.security.Credentials;
import io.stompline.session.port.SessionView;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import java.time.Instant;
import java.util.Optional;

/**
 * Gives a connection a new token in place of the one that it logged in with: a SEND to {@code /app/stompline/token}
 * whose body is the token. On the lane only.
 */
final class Renewal {
    private static final String SUBJECT = "sub";
    private static final Destination DESTINATION =
            Destination.parse("/app/stompline/token").orElseThrow();

    private final SessionServices services;
    private final SessionView session;
    private final LoginState state;
    private final Runnable recheck;

    /** @param recheck ends the connection or its subscriptions if the new token does not allow them */
    Renewal(SessionServices services, SessionView session, LoginState state, Runnable recheck) {
        this.services = services;
        this.session = session;
        this.state = state;
        this.recheck = recheck;
    }

    /** Whether a SEND has a new token. */
    static boolean isAskedFor(ClientFrame send) {
        return send.destination().equals(DESTINATION);
    }

    /**
     * Checks the token, replaces the caller's expiry, roles and claims, and ends subscriptions that are not allowed any
     * more, or the connection. May wait for the application and the message broker.
     *
     * @return a receipt with the new expiry, which an ended connection does not send; or that the frame has to come
     *     again
     * @throws StompException ACCESS_REFUSED: the former token still counts
     */
    Outcome carryOut(ClientFrame send) {
        if (send.transaction().isPresent()) {
            throw new StompException(
                    StompError.INVALID_HEADER, "a token is renewed at once, without the header transaction");
        }
        String token = send.frame().body().text().orElse("");
        Authentication outcome = services.access().login(new Credentials.Token(token), session.remoteAddress());
        if (outcome instanceof Authentication.Pending pending) {
            return new Outcome.Deferred(pending.over());
        }
        if (outcome instanceof Authentication.Refused refused) {
            throw refused(refused.detail());
        }
        Caller caller = outcome.accepted().orElseThrow();
        Instant now = services.wallClock().instant();
        Caller known = session.caller();
        checkFits(known, caller, now);
        if (!services.application().permitsRenewal(known, caller)) {
            throw refused("the token is refused: the application does not permit this renewal");
        }
        state.renew(caller);
        services.listener().renewed(session, known);
        recheck.run();
        Headers receipt = new Headers.Builder()
                .add(HeaderNames.TOKEN_EXPIRES_IN, Login.expiresIn(caller, now))
                .build();
        return new Outcome.Done(receipt, () -> {});
    }

    private static void checkFits(Caller known, Caller caller, Instant now) {
        if (!known.byToken()) {
            throw refused("this connection did not log in with a token");
        }
        if (caller.isExpired(now)) {
            throw refused("the token is refused: it has expired, as the one before has or will");
        }
        if (!isSame(known, caller)) {
            throw refused("the token is refused: it is for another user than the one who logged in");
        }
    }

    /** A name may be given to somebody else, what the issuer calls its subject may not (OpenID Connect Core, 5.7). */
    private static boolean isSame(Caller known, Caller renewed) {
        return known.name().equals(renewed.name())
                && Optional.ofNullable(known.claims().get(SUBJECT))
                        .equals(Optional.ofNullable(renewed.claims().get(SUBJECT)));
    }

    private static StompException refused(String detail) {
        return new StompException(StompError.ACCESS_REFUSED, detail);
    }
}
