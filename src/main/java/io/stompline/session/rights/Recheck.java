package io.stompline.session.rights;

import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.security.audit.Audit;
import io.stompline.security.audit.Refused;
import io.stompline.security.quota.RunningCalls;
import io.stompline.session.port.Application;
import io.stompline.session.port.ClientRequest;
import io.stompline.session.port.SessionView;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import io.stompline.session.subscription.SubscriptionView;
import io.stompline.session.subscription.Subscriptions;
import java.util.function.Consumer;

/**
 * Ends the subscriptions of one connection that are not allowed any more: its caller has other roles, or what a check
 * of the application answers has changed. On the lane only; may wait for the check and for the message broker.
 *
 * @param rights of the caller as they are now
 * @param calls among which this check counts
 * @param teller shows a message to this session at once, without the message broker, if it is subscribed to it
 * @param endsConnection whether a lost subscription ends the connection; otherwise a message tells the client
 */
public record Recheck(
        SessionView session,
        Rights rights,
        Subscriptions subscriptions,
        Application application,
        Audit audit,
        RunningCalls calls,
        Consumer<Message> teller,
        boolean endsConnection) {

    /** Whether there is a subscription that may have been lost. Any thread; does not wait. */
    boolean mayFindSomething() {
        return rights.mayAsk() && subscriptions.count() > 0;
    }

    /**
     * Checks every subscription.
     *
     * @throws StompException FORBIDDEN, for a lost subscription that ends the connection; or what the
     *     message broker failed: nobody knows then which subscriptions were checked, so that the connection has to end
     */
    public void run() {
        String user = session.caller().name();
        calls.beginAtOnce(user);
        try {
            subscriptions.closeDenied(this::isDenied);
        } catch (BusException e) {
            throw StompException.onlyOnce(e);
        } finally {
            calls.end(user);
        }
    }

    /**
     * Checks the roles that the beans ask for which answer a SUBSCRIBE, or one to the topic whose members it shows.
     *
     * @throws StompException FORBIDDEN
     */
    public void checkRoles(Destination subscribed) {
        if (!application.admits(session.caller(), subscribed.watched())) {
            throw new StompException(
                    StompError.FORBIDDEN,
                    subscribed.isPattern()
                            ? "a bean of this application admits other roles only to some of what this pattern means"
                            : "the bean of this destination admits other roles only");
        }
    }

    private boolean isDenied(SubscriptionView subscription) {
        try {
            subscription.actions().forEach(action -> rights.checkAgain(action, subscription.destination()));
            checkRoles(subscription.destination());
            return false;
        } catch (StompException denied) {
            StompException end = denied.saying(
                    "the subscription to " + subscription.destination() + " ends: " + denied.getMessage());
            if (endsConnection) {
                throw end;
            }
            audit.refused(session.refused(Refused.What.DESTINATION, end.forLog("")));
            tell(subscription.destination(), end.getMessage());
            return true;
        }
    }

    /** By the message broker, or without it: then only who listens now gets it, as with the message broker. */
    private void tell(Destination ended, String detail) {
        try {
            application.tellDenied(new ClientRequest(session, ended, Headers.none(), Body.empty()), detail);
        } catch (BusException e) {
            teller.accept(application.problem(session, Headers.none(), "not allowed", ended + ": " + detail));
        }
    }
}
