package io.stompline.security.quota;

import io.stompline.routing.BrokerStore;
import java.util.function.LongSupplier;

/**
 * The quotas of all users. Thread-safe.
 *
 * @param rates SENDs of a user in a second
 * @param store messages that the message broker keeps
 * @param durables durable subscriptions
 * @param calls handlers and checks of the application that run at a time
 */
public record Quotas(SendRates rates, StoreQuota store, DurableQuota durables, RunningCalls calls) {
    /** How many users are remembered; of others it begins anew. */
    static final int REMEMBERED_USERS = 10_000;

    /** Quotas as the settings say. */
    public static Quotas of(QuotaSettings settings, BrokerStore store, LongSupplier nanoClock) {
        return new Quotas(
                new SendRates(settings.sendsPerSecond(), settings.bytesPerSecond(), nanoClock),
                new StoreQuota(settings.maxQueueBytes(), settings.maxBrokerPercent(), store, nanoClock),
                new DurableQuota(settings.maxDurable(), store),
                new RunningCalls());
    }
}
