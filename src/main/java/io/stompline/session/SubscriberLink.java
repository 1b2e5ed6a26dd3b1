package io.stompline.session;

import io.stompline.frame.Version;
import io.stompline.security.Caller;
import io.stompline.session.outbox.Outbox;
import io.stompline.session.subscription.Subscription;
import java.util.function.BooleanSupplier;

/** The connection as its subscriptions see it. Thread-safe. */
record SubscriberLink(SessionParts parts, Caller caller) implements Subscription.Owner {
    @Override
    public Version version() {
        return parts.state().version();
    }

    @Override
    public String sessionId() {
        return parts.session().id();
    }

    @Override
    public Outbox outbox() {
        return parts.outbox();
    }

    @Override
    public String userName() {
        return caller.name();
    }

    @Override
    public void countMessage() {
        parts.traffic().messageSent();
    }

    @Override
    public void whenMuchRoom(Runnable task) {
        parts.outbox().whenMuchRoom(() -> parts.lane().execute(task));
    }

    @Override
    public void slow(String detail) {
        parts.lane().execute(() -> parts.services().listener().slow(parts.session(), detail));
    }

    @Override
    public void overflowed(String detail) {
        parts.exit().overflow(detail);
    }

    @Override
    public BooleanSupplier challenge() {
        BooleanSupplier answered = parts.pulse().challenge();
        // Only then does a check know when the answer is due.
        parts.nextCheck().atOnce();
        return () -> answered.getAsBoolean()
                && !parts.exit().hasEnded()
                && !parts.outbox().isClosed();
    }
}
