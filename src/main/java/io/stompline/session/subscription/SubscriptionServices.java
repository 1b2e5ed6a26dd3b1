package io.stompline.session.subscription;

import io.stompline.inbox.Inboxes;
import io.stompline.presence.Presence;
import io.stompline.routing.hub.Routes;
import io.stompline.security.quota.DurableQuota;
import io.stompline.session.protocol.SessionLimits;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The services that the subscriptions of all connections share. Its parts are thread-safe.
 *
 * @param routes subscribers by topic and by user, and consumers of one subscription
 * @param presence those who watch who is in a topic
 * @param inboxes what is kept for users; empty if nothing is
 * @param durables how many durable subscriptions a user may have
 * @param links connections by client and by durable subscription
 * @param limits how many subscriptions and unacknowledged messages there may be
 * @param clock says since when a subscription is there
 * @param nanoClock a clock that never jumps, in nanoseconds
 */
public record SubscriptionServices(
        Routes routes,
        Presence presence,
        Optional<Inboxes> inboxes,
        DurableQuota durables,
        ClientLinks links,
        SessionLimits.SubscriptionLimits limits,
        InstantSource clock,
        LongSupplier nanoClock) {}
