package io.stompline.beans.sessions;

import io.stompline.api.StompEvent;
import io.stompline.security.Caller;
import io.stompline.security.audit.Refused;
import io.stompline.session.port.SessionListener;
import io.stompline.session.port.SessionView;
import io.stompline.session.subscription.SubscriptionView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;

/** Fires what happens on connections as CDI events. Thread-safe. */
@ApplicationScoped
public class SessionEvents implements SessionListener {
    private static final System.Logger LOG = System.getLogger(SessionEvents.class.getName());

    @Inject
    private Event<StompEvent> events;

    @Inject
    private ClientViews clients;

    @Override
    public void connected(SessionView session) {
        fire(new StompEvent.Connected(clients.of(session)));
    }

    @Override
    public void renewed(SessionView session, Caller before) {
        Caller after = session.caller();
        after.expires()
                .ifPresent(expires -> fire(new StompEvent.Renewed(
                        clients.of(session), ClientViews.of(before), ClientViews.of(after), expires)));
    }

    @Override
    public void renewalRefused(SessionView session, String reason) {
        fire(new StompEvent.RenewalRefused(clients.of(session), reason));
    }

    @Override
    public void subscribed(SessionView session, SubscriptionView subscription) {
        fire(new StompEvent.Subscribed(clients.of(session), ClientViews.of(subscription)));
    }

    @Override
    public void unsubscribed(SessionView session, SubscriptionView subscription) {
        fire(new StompEvent.Unsubscribed(clients.of(session), ClientViews.of(subscription)));
    }

    @Override
    public void disconnected(SessionView session, String cause) {
        fire(new StompEvent.Disconnected(clients.of(session), cause));
    }

    @Override
    public void slow(SessionView session, String detail) {
        fire(new StompEvent.SlowClient(clients.of(session), detail));
    }

    @Override
    public void refused(Refused refused) {
        fire(new StompEvent.Refused(
                kind(refused.what()), refused.sessionId(), refused.address(), refused.user(), refused.reason()));
    }

    private static StompEvent.Refused.Kind kind(Refused.What what) {
        return switch (what) {
            case HANDSHAKE -> StompEvent.Refused.Kind.HANDSHAKE;
            case REQUEST -> StompEvent.Refused.Kind.REQUEST;
            case LOGIN -> StompEvent.Refused.Kind.LOGIN;
            case DESTINATION -> StompEvent.Refused.Kind.DESTINATION;
            case HANDLER -> StompEvent.Refused.Kind.HANDLER;
            case METRICS -> StompEvent.Refused.Kind.METRICS;
            case ASYNCAPI -> StompEvent.Refused.Kind.ASYNCAPI;
            case RENEWAL -> throw new IllegalArgumentException(what + " has an event of its own");
        };
    }

    /** Sessions were ended by the application. */
    void expelled(StompEvent.Expelled event) {
        fire(event);
    }

    /** Logs the exception of an observer: the client did nothing wrong. */
    private void fire(StompEvent event) {
        try {
            events.fire(event);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "an observer of " + event.getClass().getSimpleName() + " of session " + event.sessionId()
                            + " failed",
                    e);
        }
    }
}
