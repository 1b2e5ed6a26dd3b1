/**
 * Limits of one user on this node and in the message broker: SENDs in a second, topics and queues, octets in queues,
 * durable subscriptions; and of all clients together in the message broker.
 *
 * <p>{@link io.stompline.routing.BrokerStore} tells the fill level. If it does not, only the message broker's own
 * limits apply. Counts of connections are not here but in {@code security}.
 */
package io.stompline.security.quota;
