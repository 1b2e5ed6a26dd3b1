package io.stompline.session.subscription;

/**
 * A subscription with the connection to its source.
 *
 * @param close disconnects it from its source; unacknowledged messages go back. May wait for the message broker;
 *     idempotent
 * @param closeAndForget the same; a durable subscription is deleted with its messages
 */
record FedSubscription(Subscription subscription, Runnable close, Runnable closeAndForget) {}
