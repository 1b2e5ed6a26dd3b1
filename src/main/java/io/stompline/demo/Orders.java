package io.stompline.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts the orders of the {@link Shop} whose transactions were committed. */
@ApplicationScoped
public class Orders {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Fired in the transaction of an order. */
    public record Placed(Instant at) {}

    private final Deque<Instant> lastMinute = new ArrayDeque<>();
    private long count;

    synchronized void placed(@Observes(during = TransactionPhase.AFTER_SUCCESS) Placed order) {
        count++;
        lastMinute.addLast(order.at());
    }

    /** Since the start. */
    public synchronized long count() {
        return count;
    }

    /** In the minute before now. */
    public synchronized int perMinute(Instant now) {
        while (!lastMinute.isEmpty() && lastMinute.getFirst().isBefore(now.minus(MINUTE))) {
            lastMinute.removeFirst();
        }
        return lastMinute.size();
    }
}
