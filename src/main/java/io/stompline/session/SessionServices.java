package io.stompline.session;

import io.stompline.idempotency.SentKeys;
import io.stompline.inbox.Inboxes;
import io.stompline.metrics.Metrics;
import io.stompline.presence.Presence;
import io.stompline.routing.hub.Routes;
import io.stompline.security.Access;
import io.stompline.security.audit.Audit;
import io.stompline.security.quota.Quotas;
import io.stompline.session.first.FirstMessageSource;
import io.stompline.session.outbox.OutboxBudget;
import io.stompline.session.port.Application;
import io.stompline.session.port.SessionListener;
import io.stompline.session.protocol.ErrorHelp;
import io.stompline.session.protocol.SessionLimits;
import io.stompline.session.subscription.ClientLinks;
import io.stompline.session.subscription.SubscriptionServices;
import io.stompline.threads.AwakeClock;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The services that all sessions of a node share.
 *
 * @param routes the ways to the message broker and to subscribers
 * @param first what new subscribers may get before the live stream
 * @param presence who is in which topic
 * @param inboxes what is kept for users; empty if nothing is
 * @param sent what was sent under which key
 * @param links connections by client and by durable subscription
 * @param access decides who may do what
 * @param audit tells who was refused
 * @param quotas limits of each user
 * @param application handles frames for beans
 * @param listener called for events of connections
 * @param limits limits and times
 * @param help where developers read what an ERROR means
 * @param outboxBudget limit of waiting octets, over all sessions
 * @param metrics counters
 * @param nanoClock a clock that never jumps, in nanoseconds; it stands still with the process, see {@link AwakeClock}
 * @param wallClock the time of day
 */
public record SessionServices(
        Routes routes,
        List<FirstMessageSource> first,
        Presence presence,
        Optional<Inboxes> inboxes,
        SentKeys sent,
        ClientLinks links,
        Access access,
        Audit audit,
        Quotas quotas,
        Application application,
        SessionListener listener,
        SessionLimits limits,
        ErrorHelp help,
        OutboxBudget outboxBudget,
        Metrics metrics,
        LongSupplier nanoClock,
        InstantSource wallClock) {
    /** The part of it that subscriptions need. */
    SubscriptionServices subscriptions() {
        return new SubscriptionServices(
                routes, presence, inboxes, quotas.durables(), links, limits.subscriptions(), wallClock, nanoClock);
    }
}
