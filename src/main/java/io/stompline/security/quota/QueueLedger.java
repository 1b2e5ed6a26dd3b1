package io.stompline.security.quota;

import io.stompline.routing.BrokerStore;
import io.stompline.routing.Destination;
import java.util.HashMap;
import java.util.Map;

/**
 * An upper bound of a user's messages that the message broker keeps: for each queue the octets that the user sent to it
 * through this node, at most as many as it holds; for each topic likewise the delayed ones. Asks the message broker
 * when the sum passes the limit, so a user whose messages are consumed is never refused. Thread-safe.
 */
final class QueueLedger {
    /** The size of a message besides its body: headers, and objects in memory. */
    static final int MESSAGE_BYTES = 512;

    private final long maxBytes;
    private final BrokerStore store;
    private final Map<Destination, Long> sent = new HashMap<>();
    private long sum;

    QueueLedger(long maxBytes, BrokerStore store) {
        this.maxBytes = maxBytes;
        this.store = store;
    }

    /** Counts a message that will be kept, if there is room for it. */
    synchronized boolean admits(Destination destination, int bodyBytes) {
        long bytes = (long) bodyBytes + MESSAGE_BYTES;
        if (sum + bytes > maxBytes) {
            strike();
        }
        if (sum + bytes > maxBytes) {
            return false;
        }
        sent.merge(destination, bytes, Long::sum);
        sum += bytes;
        return true;
    }

    /** Removes the octets that were consumed meanwhile. */
    private void strike() {
        sent.replaceAll((destination, bytes) ->
                Math.min(bytes, store.bytesIn(destination).orElse(bytes)));
        sent.values().removeIf(bytes -> bytes == 0);
        sum = sent.values().stream().mapToLong(Long::longValue).sum();
    }
}
