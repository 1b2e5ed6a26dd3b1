package io.stompline.session;

import io.stompline.security.Caller;
import io.stompline.security.audit.Refused;
import io.stompline.session.port.SessionListener;
import io.stompline.session.port.SessionView;
import io.stompline.session.subscription.SubscriptionView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Writes down what a session tells its listener. One thread at a time. */
final class EventLog implements SessionListener {
    private final List<String> events = new ArrayList<>();

    private Optional<Error> failure = Optional.empty();

    /** From now on it fails with that after writing down the end of a session. */
    void failWith(Error error) {
        failure = Optional.of(error);
    }

    List<String> events() {
        return events;
    }

    @Override
    public void connected(SessionView session) {
        events.add("connected " + session.caller().name());
    }

    @Override
    public void renewed(SessionView session, Caller before) {
        events.add("renewed " + session.caller().name() + " " + sorted(before) + " to " + sorted(session.caller()));
    }

    private static Set<String> sorted(Caller caller) {
        return new TreeSet<>(caller.groups());
    }

    @Override
    public void renewalRefused(SessionView session, String reason) {
        events.add("renewal refused " + session.caller().name() + ": " + reason);
    }

    @Override
    public void subscribed(SessionView session, SubscriptionView subscription) {
        events.add("subscribed " + subscription.destination());
    }

    @Override
    public void unsubscribed(SessionView session, SubscriptionView subscription) {
        events.add("unsubscribed " + subscription.destination());
    }

    @Override
    public void disconnected(SessionView session, String cause) {
        events.add("disconnected: " + cause);
        failure.ifPresent(error -> {
            throw error;
        });
    }

    @Override
    public void slow(SessionView session, String detail) {
        events.add("slow: " + detail);
    }

    @Override
    public void refused(Refused refused) {
        events.add("refused " + refused.user().orElse("nobody") + ": " + refused.reason());
    }
}
