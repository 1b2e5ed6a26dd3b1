package io.stompline.session;

import io.stompline.broker.Delivery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one subscription delivered and its client has not acknowledged yet, in the order of delivery. Thread-safe; nothing but
 * {@link #awaitRoom()} waits.
 */
final class AckLedger {
    private final int limit;
    private final Map<String, Optional<Delivery>> unacknowledged = new LinkedHashMap<>();
    private boolean closed;

    /** A ledger in which at most {@code limit} deliveries should be open at a time. */
    AckLedger(int limit) {
        this.limit = limit;
    }

    /**
     * Waits until another delivery may be entered.
     *
     * @return {@code false} if the ledger was closed
     */
    synchronized boolean awaitRoom() throws InterruptedException {
        while (!closed && unacknowledged.size() >= limit) {
            wait();
        }
        return !closed;
    }

    /**
     * Enters a delivery.
     *
     * @param delivery nothing for a topic, which takes no messages back
     * @return {@code false} if the ledger is full or closed
     */
    synchronized boolean enter(String id, Optional<Delivery> delivery) {
        if (closed || unacknowledged.size() >= limit) {
            return false;
        }
        unacknowledged.put(id, delivery);
        return true;
    }

    /**
     * Takes out one delivery, or with all before it.
     *
     * @return what was taken out, by id, in order of delivery; empty if the id is not open
     */
    synchronized Map<String, Optional<Delivery>> take(String id, boolean cumulative) {
        Map<String, Optional<Delivery>> taken = new LinkedHashMap<>();
        if (!unacknowledged.containsKey(id)) {
            return taken;
        }
        for (String open : cumulative ? upTo(id) : List.of(id)) {
            taken.put(open, unacknowledged.remove(open));
        }
        notifyAll();
        return taken;
    }

    /** Puts back what an aborted transaction had taken out, before what is open now. */
    synchronized void putBack(Map<String, Optional<Delivery>> taken) {
        Map<String, Optional<Delivery>> later = new LinkedHashMap<>(unacknowledged);
        unacknowledged.clear();
        unacknowledged.putAll(taken);
        unacknowledged.putAll(later);
    }

    /** Lets go of everything and of who waits. */
    synchronized void close() {
        closed = true;
        unacknowledged.clear();
        notifyAll();
    }

    private List<String> upTo(String last) {
        List<String> ids = new ArrayList<>();
        for (String id : unacknowledged.keySet()) {
            ids.add(id);
            if (id.equals(last)) {
                break;
            }
        }
        return ids;
    }
}
