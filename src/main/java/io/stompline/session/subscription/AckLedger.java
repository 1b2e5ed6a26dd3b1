package io.stompline.session.subscription;

import io.stompline.routing.Settleable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The unacknowledged messages of one subscription by id, in the order of delivery, within a limit. Thread-safe; only
 * {@link #awaitRoom()} blocks.
 */
final class AckLedger {
    /**
     * A message that a client has and has not acknowledged or refused.
     *
     * @param place in the order of delivery, from 1
     * @param delivery settled by ACK and NACK; empty for a message of a topic that nobody keeps
     */
    record Unacknowledged(long place, Optional<Settleable> delivery) {}

    private final int limit;
    private final Map<String, Unacknowledged> unacknowledged = new LinkedHashMap<>();
    private long lastPlace;
    private boolean heldBack;
    private boolean closed;

    /** An empty ledger of at most {@code limit} unacknowledged messages. */
    AckLedger(int limit) {
        this.limit = limit;
    }

    /** How many messages may be unacknowledged at a time. */
    int limit() {
        return limit;
    }

    /**
     * Blocks until another delivery may be entered, which is never again once it is held back.
     *
     * @return {@code false} if the ledger was closed
     */
    synchronized boolean awaitRoom() throws InterruptedException {
        while (!closed && (heldBack || unacknowledged.size() >= limit)) {
            wait();
        }
        return !closed;
    }

    /** Whether another message may be entered, or none ever. */
    synchronized boolean hasRoom() {
        return closed || unacknowledged.size() < limit;
    }

    /** How many more messages may be entered now; when it is closed, as many as if it were empty. */
    synchronized int room() {
        return closed ? limit : limit - unacknowledged.size();
    }

    synchronized boolean isEmpty() {
        return unacknowledged.isEmpty();
    }

    /** Whether three quarters of the limit are free, so that many messages at once find room. */
    synchronized boolean hasMuchRoom() {
        return unacknowledged.size() <= limit / 4;
    }

    /**
     * Enters a message as unacknowledged.
     *
     * @param id unique in the subscription
     * @param delivery nothing for a message that no source takes back: of a topic, or a first message
     * @return {@code false} if the ledger is full or closed, or it is a delivery and they are held back
     */
    synchronized boolean enter(String id, Optional<Settleable> delivery) {
        if (closed || (heldBack && delivery.isPresent()) || unacknowledged.size() >= limit) {
            return false;
        }
        lastPlace++;
        unacknowledged.put(id, new Unacknowledged(lastPlace, delivery));
        return true;
    }

    /**
     * Takes out one message, or all up to it. The message itself may be settled already: after an aborted transaction
     * older ones may be open again.
     *
     * @return by id, in order of delivery; empty if nothing of it is unacknowledged
     */
    synchronized Map<String, Unacknowledged> take(String id, boolean cumulative) {
        Map<String, Unacknowledged> taken = new LinkedHashMap<>();
        for (String open : cumulative ? upTo(id) : List.of(id)) {
            Unacknowledged message = unacknowledged.remove(open);
            if (message != null) {
                taken.put(open, message);
            }
        }
        notifyAll();
        return taken;
    }

    /** Undoes {@link #take} for an aborted transaction: each message returns to its place in the order of delivery. */
    synchronized void putBack(Map<String, Unacknowledged> taken) {
        Map<String, Unacknowledged> all = new HashMap<>(unacknowledged);
        all.putAll(taken);
        unacknowledged.clear();
        all.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.comparingLong(Unacknowledged::place)))
                .forEach(open -> unacknowledged.put(open.getKey(), open.getValue()));
    }

    /** Refuses deliveries from now on, and keeps threads in {@link #awaitRoom()} until it is closed. Idempotent. */
    synchronized void holdBack() {
        heldBack = true;
    }

    synchronized boolean isHeldBack() {
        return heldBack;
    }

    /**
     * Refuses new entries and releases threads in {@link #awaitRoom()}; open entries can still be taken. Idempotent.
     */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private List<String> upTo(String last) {
        long count = MessageFrames.count(last);
        return unacknowledged.keySet().stream()
                .takeWhile(id -> MessageFrames.count(id) <= count)
                .toList();
    }
}
