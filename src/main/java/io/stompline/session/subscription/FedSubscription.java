package io.stompline.session.subscription;

/**
 * A subscription with what connects it to its source.
 *
 * @param close disconnects it from its source; what it has unacknowledged goes back. May wait for the message broker;
 *     idempotent
 * @param closeAndForget the same; a durable subscription is deleted with what it still holds
 */
record FedSubscription(Subscription subscription, Runnable close, Runnable closeAndForget) {}
