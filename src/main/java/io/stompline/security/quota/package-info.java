/**
 * How much of this node and of the message broker one user may use up: SENDs in a second, octets in queues, durable
 * subscriptions; and how much of the message broker all clients together.
 *
 * <p>What the message broker keeps is known as far as {@link io.stompline.routing.BrokerStore} tells. Where it tells
 * nothing, the message broker's own limits have to do. Counts of connections and of queues are not here but in {@code
 * security}.
 */
package io.stompline.security.quota;
