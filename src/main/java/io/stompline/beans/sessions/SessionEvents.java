package io.stompline.beans.sessions;

import io.stompline.api.StompEvent;
import io.stompline.security.Caller;
import io.stompline.session.port.SessionListener;
import io.stompline.session.port.SessionView;
import io.stompline.session.subscription.SubscriptionView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Optional;

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
    public void refused(String sessionId, String remoteAddress, Optional<Caller> caller, String reason) {
        fire(new StompEvent.Refused(sessionId, remoteAddress, caller.map(Caller::name), reason));
    }

    /** What an observer does wrong is not the client's fault. */
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
