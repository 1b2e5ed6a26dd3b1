package io.stompline.session;

import io.stompline.broker.Delivery;
import io.stompline.broker.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The open transactions of one connection, within their limits. One thread at a time, but for {@link #isOverdue()}. */
final class Transactions {
    private static final long NEVER = Long.MAX_VALUE;

    /**
     * What an ACK or NACK took out of a subscription, to be settled now, or at COMMIT, or put back at ABORT.
     *
     * @param deliveries by id, in order of delivery
     * @param acknowledged whether they are acknowledged or refused
     * @param requeue whether refused ones may be delivered again
     */
    record Settlement(
            Subscription subscription,
            Map<String, Optional<Delivery>> deliveries,
            boolean acknowledged,
            boolean requeue) {
        /** Settles each delivery alone. */
        void apply() {
            deliveries.values().stream().flatMap(Optional::stream).forEach(this::settle);
        }

        private void settle(Delivery delivery) {
            if (acknowledged) {
                delivery.acknowledge();
            } else {
                delivery.reject(requeue, "refused by a STOMP client");
            }
        }
    }

    /** What one transaction holds until COMMIT. */
    static final class Transaction {
        private final long sinceNanos;
        private final List<Message> publications = new ArrayList<>();
        private final List<Settlement> settlements = new ArrayList<>();
        private long bytes;

        private Transaction(long sinceNanos) {
            this.sinceNanos = sinceNanos;
        }

        List<Message> publications() {
            return publications;
        }

        List<Settlement> settlements() {
            return settlements;
        }
    }

    private final SessionRules.TransactionLimits limits;
    private final LongSupplier nanoClock;
    private final Map<String, Transaction> open = new HashMap<>();
    private volatile long oldestNanos = NEVER;

    Transactions(SessionRules.TransactionLimits limits, LongSupplier nanoClock) {
        this.limits = limits;
        this.nanoClock = nanoClock;
    }

    void begin(String id) {
        if (open.containsKey(id)) {
            throw new StompException(
                    StompError.DUPLICATE_TRANSACTION, "this transaction is open already; COMMIT or ABORT it first");
        }
        if (open.size() == limits.maxOpen()) {
            throw new StompException(
                    StompError.LIMIT_EXCEEDED,
                    "more than " + limits.maxOpen() + " transactions are open (stompline.transaction.max-open)");
        }
        open.put(id, new Transaction(nanoClock.getAsLong()));
        updateOldest();
    }

    /** Keeps a SEND for COMMIT. */
    void add(String id, Message publication) {
        Transaction transaction = find(id);
        checkRoom(transaction);
        transaction.bytes += publication.body().size();
        if (transaction.bytes > limits.maxBytes()) {
            throw new StompException(
                    StompError.LIMIT_EXCEEDED,
                    "the transaction holds more than " + limits.maxBytes()
                            + " bytes (stompline.transaction.max-bytes)");
        }
        transaction.publications.add(publication);
    }

    /** Keeps an ACK or NACK for COMMIT. */
    void add(String id, Settlement settlement) {
        find(id).settlements.add(settlement);
    }

    /** Checks that one more frame may join the transaction. */
    void checkRoom(String id) {
        checkRoom(find(id));
    }

    /** Takes a transaction out, to be carried out or dropped. */
    Transaction end(String id) {
        Transaction transaction = find(id);
        open.remove(id);
        updateOldest();
        return transaction;
    }

    /** Drops all of them. */
    void clear() {
        open.clear();
        updateOldest();
    }

    /** Whether the oldest has been open for too long. Any thread. */
    boolean isOverdue() {
        long oldest = oldestNanos;
        return oldest != NEVER
                && nanoClock.getAsLong() - oldest > limits.timeout().toNanos();
    }

    private Transaction find(String id) {
        Transaction transaction = open.get(id);
        if (transaction == null) {
            throw new StompException(StompError.UNKNOWN_TRANSACTION, "no such transaction is open; BEGIN it first");
        }
        return transaction;
    }

    private void checkRoom(Transaction transaction) {
        if (transaction.publications.size() + transaction.settlements.size() >= limits.maxFrames()) {
            throw new StompException(
                    StompError.LIMIT_EXCEEDED,
                    "the transaction has more than " + limits.maxFrames()
                            + " frames (stompline.transaction.max-frames)");
        }
    }

    private void updateOldest() {
        oldestNanos = open.values().stream().mapToLong(t -> t.sinceNanos).min().orElse(NEVER);
    }
}
