package io.stompline.session;

import io.stompline.broker.MessageBus;
import io.stompline.broker.Router;
import io.stompline.metrics.Metrics;
import io.stompline.security.Access;
import java.util.function.LongSupplier;

/**
 * What all sessions of a node share.
 *
 * @param nanoClock a clock that never jumps, in nanoseconds
 */
public record SessionServices(
        MessageBus bus,
        Router router,
        Access access,
        SessionRules rules,
        OutboxBudget outboxBudget,
        Metrics metrics,
        LongSupplier nanoClock) {}
