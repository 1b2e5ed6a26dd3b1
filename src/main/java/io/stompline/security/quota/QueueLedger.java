package io.stompline.security.quota;

import io.stompline.routing.BrokerStore;
import io.stompline.routing.Destination;
import java.util.HashMap;
import java.util.Map;

/**
 * What one user has in queues, at most: of each queue what the user sent to it through this node, and no more than it
 * holds. The message broker is asked when the sum would be too much, so a user whose messages are consumed is never
 * refused. Thread-safe.
 */
final class QueueLedger {
    /** What a message costs beside its body: headers, and objects in memory. */
    static final int MESSAGE_BYTES = 512;

    private final long maxBytes;
    private final BrokerStore store;
    private final Map<Destination, Long> sent = new HashMap<>();
    private long sum;

    QueueLedger(long maxBytes, BrokerStore store) {
        this.maxBytes = maxBytes;
        this.store = store;
    }

    /** Counts a message to a queue, if there is room for it. */
    synchronized boolean admits(Destination queue, int bodyBytes) {
        long bytes = (long) bodyBytes + MESSAGE_BYTES;
        if (sum + bytes > maxBytes) {
            strike();
        }
        if (sum + bytes > maxBytes) {
            return false;
        }
        sent.merge(queue, bytes, Long::sum);
        sum += bytes;
        return true;
    }

    /** Takes out what was consumed meanwhile. */
    private void strike() {
        sent.replaceAll((queue, bytes) -> Math.min(bytes, store.bytesIn(queue).orElse(bytes)));
        sent.values().removeIf(bytes -> bytes == 0);
        sum = sent.values().stream().mapToLong(Long::longValue).sum();
    }
}
