package io.stompline.routing;

import java.util.Optional;

/**
 * The request of a subscription for a consumer of its own.
 *
 * @param destination a queue, or a topic (may be a pattern unless durable)
 * @param acknowledged whether deliveries are settled by the receiver ({@code ack:client}, {@code client-individual});
 *     if not, a delivery counts as acknowledged when the receiver returns
 * @param selector a JMS message selector (Jakarta Messaging 3.1, 3.8.1)
 * @param durableName name of a durable topic subscription, unique to its owner
 * @param excludedOrigin session id whose own messages are left out ({@code no-local})
 * @param prefetch how many deliveries may be unsettled at a time, 1 or more, those to be settled by an open transaction
 *     included; the next comes when one of them is settled. Beside them the bus may fetch about a sixth as many ahead,
 *     some 15 at most, which no other consumer gets meanwhile. Without {@code acknowledged}, and for a topic without a
 *     durable subscription, nothing is unsettled for longer than the receiver takes
 */
public record FeedRequest(
        Destination destination,
        boolean acknowledged,
        Optional<String> selector,
        Optional<String> durableName,
        Optional<String> excludedOrigin,
        int prefetch) {}
