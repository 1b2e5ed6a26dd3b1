/**
 * The subscriptions of one connection: what feeds them, their MESSAGE frames, unacknowledged messages and temporary
 * queues.
 *
 * <p>{@link io.stompline.session.subscription.Subscriptions} is the way in. Which frames of the client call it is
 * decided in {@code session}.
 */
package io.stompline.session.subscription;
