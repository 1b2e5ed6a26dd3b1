package io.stompline.session.subscription;

import io.stompline.routing.MessageBus;
import io.stompline.routing.Router;
import io.stompline.routing.UserRouter;
import io.stompline.security.quota.DurableQuota;
import io.stompline.session.protocol.SessionLimits;
import java.time.InstantSource;

/**
 * The services that the subscriptions of all connections share. Its parts are thread-safe.
 *
 * @param bus opens consumers of one subscription
 * @param router subscribers by topic
 * @param users subscribers by {@code /user/…} destination
 * @param durables how many durable subscriptions a user may have
 * @param holders holders by durable subscription
 * @param limits how many subscriptions and unacknowledged messages there may be
 * @param clock says since when a subscription is there
 */
public record SubscriptionServices(
        MessageBus bus,
        Router router,
        UserRouter users,
        DurableQuota durables,
        DurableHolders holders,
        SessionLimits.SubscriptionLimits limits,
        InstantSource clock) {}
