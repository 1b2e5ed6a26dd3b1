package io.stompline.session;

import io.stompline.frame.Body;
import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.security.Action;
import io.stompline.security.Authentication;
import io.stompline.security.Caller;
import io.stompline.security.Credentials;
import io.stompline.session.port.ClientRequest;
import io.stompline.session.port.SessionView;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import io.stompline.session.subscription.SubscriptionView;
import io.stompline.session.subscription.Subscriptions;
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
    private final Rights rights;
    private final Subscriptions subscriptions;

    /** @param rights of the caller that {@code state} has, so that they are those of the new token at once */
    Renewal(
            SessionServices services,
            SessionView session,
            LoginState state,
            Rights rights,
            Subscriptions subscriptions) {
        this.services = services;
        this.session = session;
        this.state = state;
        this.rights = rights;
        this.subscriptions = subscriptions;
    }

    /** Whether a SEND has a new token. */
    static boolean isAskedFor(ClientFrame send) {
        return send.destination().equals(DESTINATION);
    }

    /**
     * Checks the token, replaces the caller's expiry, roles and claims, and ends subscriptions that are not allowed any
     * more. May wait for the message broker.
     *
     * @return a receipt with the new expiry; or that the frame has to come again
     * @throws StompException ACCESS_REFUSED: the former token still counts; FORBIDDEN: a subscription is not allowed,
     *     and that ends connections
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
        checkFits(caller, now);
        state.renew(caller);
        services.listener().renewed(session);
        try {
            endWhatIsNotAllowed();
        } catch (BusException e) {
            // The new token counts: no subscription may stay that was not checked against it.
            throw StompException.onlyOnce(e);
        }
        Headers receipt = new Headers.Builder()
                .add(HeaderNames.TOKEN_EXPIRES_IN, Login.expiresIn(caller, now))
                .build();
        return new Outcome.Done(receipt, () -> {});
    }

    private void checkFits(Caller caller, Instant now) {
        Caller known = session.caller();
        if (known.expires().isEmpty()) {
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

    private void endWhatIsNotAllowed() {
        subscriptions
                .closeDenied(this::isDenied)
                .forEach(closed -> services.listener().unsubscribed(session, closed));
    }

    /** Whether a subscription is not allowed any more; tells the client. */
    private boolean isDenied(SubscriptionView subscription) {
        try {
            rights.check(Action.SUBSCRIBE, subscription.destination());
            if (subscription.durable()) {
                rights.check(Action.SUBSCRIBE_DURABLE, subscription.destination());
            }
            return false;
        } catch (StompException denied) {
            if (services.limits().endsDenied()) {
                throw denied;
            }
            ClientRequest request =
                    new ClientRequest(session, subscription.destination(), Headers.none(), Body.empty());
            services.application().tellDenied(request, "the subscription ends: " + denied.getMessage());
            return true;
        }
    }
}
