package io.stompline.demo;

import io.stompline.publish.StompClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what went in and out between two looks at the connections. One thread at a time. */
final class Traffic {
    /** What went in and out. */
    record Count(long received, long sent) {
        static final Count NONE = new Count(0, 0);

        Count minus(Count other) {
            return new Count(received - other.received, sent - other.sent);
        }

        Count plus(Count other) {
            return new Count(received + other.received, sent + other.sent);
        }
    }

    private Map<String, Count> before = Map.of();

    /** What the clients that are connected now have received and sent since the last call. */
    Count since(List<StompClient> clients) {
        Map<String, Count> now = new HashMap<>();
        Count total = Count.NONE;
        for (StompClient client : clients) {
            Count count = new Count(client.framesReceived(), client.messagesSent());
            now.put(client.sessionId(), count);
            total = total.plus(count.minus(before.getOrDefault(client.sessionId(), Count.NONE)));
        }
        before = now;
        return total;
    }
}
