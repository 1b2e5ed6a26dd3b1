package io.stompline.session;

import io.stompline.metrics.Metrics;
import io.stompline.routing.MessageBus;
import io.stompline.routing.Router;
import io.stompline.routing.UserRouter;
import io.stompline.security.Access;
import io.stompline.security.quota.Quotas;
import io.stompline.session.outbox.OutboxBudget;
import io.stompline.session.port.Application;
import io.stompline.session.port.SessionListener;
import io.stompline.session.protocol.SessionLimits;
import io.stompline.session.subscription.DurableHolders;
import io.stompline.session.subscription.SubscriptionServices;
import io.stompline.threads.AwakeClock;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What all sessions of a node share.
 *
 * @param bus the way to the message broker
 * @param router who is subscribed to which topic
 * @param users who is subscribed to which destination of a user
 * @param holders who holds which durable subscription
 * @param access who may do what
 * @param quotas how much each user may use up
 * @param application what beans handle
 * @param listener gets to know what happens
 * @param limits limits and times
 * @param outboxBudget how much may wait to be sent, over all sessions
 * @param metrics counters
 * @param nanoClock a clock that never jumps, in nanoseconds; by it nobody is late for a pause of ours, see {@link
 *     AwakeClock}
 * @param wallClock the time of day
 */
public record SessionServices(
        MessageBus bus,
        Router router,
        UserRouter users,
        DurableHolders holders,
        Access access,
        Quotas quotas,
        Application application,
        SessionListener listener,
        SessionLimits limits,
        OutboxBudget outboxBudget,
        Metrics metrics,
        LongSupplier nanoClock,
        InstantSource wallClock) {
    /** The part of it that subscriptions need. */
    SubscriptionServices subscriptions() {
        return new SubscriptionServices(
                bus, router, users, quotas.durables(), holders, limits.subscriptions(), wallClock);
    }
}
