package io.stompline.session.subscription;

import io.stompline.routing.Delivery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one subscription delivered and its client has not acknowledged yet, in the order of delivery. Thread-safe; nothing but
 * {@link #awaitRoom()} waits.
 */
final class AckLedger {
    /**
     * What was delivered.
     *
     * @param place in the order of delivery
     * @param delivery nothing for a topic, which takes no messages back
     */
    record Entry(long place, Optional<Delivery> delivery) {}

    private final int limit;
    private final Map<String, Entry> unacknowledged = new LinkedHashMap<>();
    private long lastPlace;
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
        lastPlace++;
        unacknowledged.put(id, new Entry(lastPlace, delivery));
        return true;
    }

    /**
     * Takes out one delivery, or with all before it.
     *
     * @return what was taken out, by id, in order of delivery; empty if the id is not open
     */
    synchronized Map<String, Entry> take(String id, boolean cumulative) {
        Map<String, Entry> taken = new LinkedHashMap<>();
        if (!unacknowledged.containsKey(id)) {
            return taken;
        }
        for (String open : cumulative ? upTo(id) : List.of(id)) {
            taken.put(open, unacknowledged.remove(open));
        }
        notifyAll();
        return taken;
    }

    /** Puts back what an aborted transaction had taken out, each to its place. */
    synchronized void putBack(Map<String, Entry> taken) {
        Map<String, Entry> all = new HashMap<>(unacknowledged);
        all.putAll(taken);
        unacknowledged.clear();
        all.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.comparingLong(Entry::place)))
                .forEach(open -> unacknowledged.put(open.getKey(), open.getValue()));
    }

    /** Lets nothing in any more, and lets go of who waits. What is open can still be taken out. */
    synchronized void close() {
        closed = true;
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
