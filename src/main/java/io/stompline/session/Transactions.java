package io.stompline.session;

import io.stompline.config.Setting;
import io.stompline.routing.BusException;
import io.stompline.routing.Delivery;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.routing.MessageBus;
import io.stompline.routing.Settleable;
import io.stompline.session.protocol.SessionLimits;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import io.stompline.session.subscription.Settlement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The open transactions of one connection, within their limits (STOMP 1.2, "BEGIN"). One thread at a time, but for
 * {@link #overdue()} and {@link #areOpen()}.
 */
final class Transactions {
    private static final long NEVER = Long.MAX_VALUE;

    /** The steps that one transaction holds until COMMIT. */
    private static final class Transaction {
        private final long sinceNanos;
        private final List<Message> publications = new ArrayList<>();
        private final List<Settlement> settlements = new ArrayList<>();
        private final List<Supplier<Optional<String>>> handlings = new ArrayList<>();
        private long bytes;

        private Transaction(long sinceNanos) {
            this.sinceNanos = sinceNanos;
        }
    }

    private final MessageBus bus;
    private final SessionLimits.TransactionLimits limits;
    private final LongSupplier nanoClock;
    private final Map<String, Transaction> open = new HashMap<>();
    private volatile long oldestNanos = NEVER;

    Transactions(MessageBus bus, SessionLimits.TransactionLimits limits, LongSupplier nanoClock) {
        this.bus = bus;
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
                    "more than " + limits.maxOpen() + " transactions are open (" + Setting.TRANSACTION_MAX_OPEN.key()
                            + ")");
        }
        open.put(id, new Transaction(nanoClock.getAsLong()));
        updateOldest();
    }

    /** Where the messages go that a transaction publishes; to no one if it is not open. */
    Stream<Destination> destinations(String id) {
        return Optional.ofNullable(open.get(id)).stream()
                .flatMap(transaction -> transaction.publications.stream())
                .map(Message::destination);
    }

    /** Keeps a SEND for COMMIT. */
    void add(String id, Message publication) {
        roomFor(id, publication.body().size()).publications.add(publication);
    }

    /**
     * Keeps a SEND to the application for COMMIT: it is carried out when the rest has taken effect.
     *
     * @param handling gives what went wrong, if something did
     */
    void add(String id, Supplier<Optional<String>> handling, int bytes) {
        roomFor(id, bytes).handlings.add(handling);
    }

    /** Keeps an ACK or NACK for COMMIT. */
    void add(String id, Settlement settlement) {
        find(id).settlements.add(settlement);
    }

    /** Whether an open transaction holds what an ACK or NACK of that message id took. */
    boolean holds(String messageId) {
        return open.values().stream()
                .flatMap(transaction -> transaction.settlements.stream())
                .anyMatch(settlement -> settlement.deliveries().containsKey(messageId));
    }

    /** Whether COMMIT of a transaction calls the application. */
    boolean calls(String id) {
        return !find(id).handlings.isEmpty();
    }

    /** Checks that one more frame may join the transaction. */
    void checkRoom(String id) {
        checkRoom(find(id));
    }

    /**
     * Commits a transaction: its messages and acknowledgements take effect together, then NACKed messages are given
     * back and SENDs to the application are handled.
     *
     * @return what first went wrong in the application, or that an answer is for nobody; empty if nothing did
     * @throws BusException GIVEN_BACK: nothing took effect, the transaction is still open; or another reason: the
     *     transaction is gone
     */
    Optional<String> commit(String id) {
        checkNotGivenBack(find(id));
        Transaction transaction = end(id);
        List<Settleable> acknowledged = transaction.settlements.stream()
                .filter(Settlement::acknowledged)
                .flatMap(Settlement::taken)
                .filter(delivery -> !delivery.isGivenBack())
                .toList();
        List<Delivery> ofBroker = acknowledged.stream()
                .filter(Delivery.class::isInstance)
                .map(Delivery.class::cast)
                .toList();
        boolean committed = !transaction.publications.isEmpty() || !ofBroker.isEmpty();
        Optional<String> gone = commit(transaction.publications, ofBroker);
        // Kept messages of users: not before the rest has taken effect, and it does not fail.
        acknowledged.stream().filter(kept -> !(kept instanceof Delivery)).forEach(Settleable::acknowledge);
        transaction.settlements.stream()
                .filter(settlement -> !settlement.acknowledged())
                // The SENDs are committed; an ERROR now would make the client retry and duplicate them.
                .forEach(committed ? Settlement::applyUnlessLost : Settlement::apply);
        List<Optional<String>> problems =
                transaction.handlings.stream().map(Supplier::get).toList();
        return problems.stream().flatMap(Optional::stream).findFirst().or(() -> gone);
    }

    /** A message that comes again, with the SENDs that answer it carried out, would be answered twice. */
    private static void checkNotGivenBack(Transaction transaction) {
        if (transaction.settlements.stream().anyMatch(Settlement::isGivenBack)) {
            throw new BusException(
                    BusException.Reason.GIVEN_BACK,
                    "the connection to the message broker was lost, so that a message which the transaction settles"
                            + " comes again; nothing of the transaction took effect");
        }
    }

    /** Leaves out answers to those who are gone: the question is acknowledged with its answer, and would come again. */
    private Optional<String> commit(List<Message> publications, List<Delivery> acknowledged) {
        List<Message> wanted = new ArrayList<>(publications);
        Optional<String> problem = Optional.empty();
        while (!wanted.isEmpty() || !acknowledged.isEmpty()) {
            try {
                bus.commit(wanted, acknowledged);
                return problem;
            } catch (BusException e) {
                if (!wanted.removeIf(message -> e.isGone(message.destination()))) {
                    throw e;
                }
                problem = Optional.of(e.getMessage());
            }
        }
        return problem;
    }

    /** Undoes a transaction: deliveries that it acknowledged or refused are unacknowledged again. */
    void abort(String id) {
        end(id).settlements.forEach(Settlement::undo);
    }

    /** Undoes a transaction if it is open. */
    void discard(String id) {
        if (open.containsKey(id)) {
            abort(id);
        }
    }

    /** Drops all of them. */
    void clear() {
        open.clear();
        updateOldest();
    }

    /** Whether one is open. Any thread. */
    boolean areOpen() {
        return oldestNanos != NEVER;
    }

    /** Why the connection must be ended, if one has been open for too long. Any thread. */
    Optional<String> overdue() {
        long oldest = oldestNanos;
        if (oldest == NEVER
                || nanoClock.getAsLong() - oldest <= limits.timeout().toNanos()) {
            return Optional.empty();
        }
        return Optional.of("a transaction is open for more than "
                + limits.timeout().toMillis() + " ms (" + Setting.TRANSACTION_TIMEOUT.key() + ")");
    }

    private Transaction end(String id) {
        Transaction transaction = find(id);
        open.remove(id);
        updateOldest();
        return transaction;
    }

    private Transaction find(String id) {
        Transaction transaction = open.get(id);
        if (transaction == null) {
            throw new StompException(StompError.UNKNOWN_TRANSACTION, "no such transaction is open; BEGIN it first");
        }
        return transaction;
    }

    private Transaction roomFor(String id, int bytes) {
        Transaction transaction = find(id);
        checkRoom(transaction);
        transaction.bytes += bytes;
        if (transaction.bytes > limits.maxBytes()) {
            throw new StompException(
                    StompError.LIMIT_EXCEEDED,
                    "the transaction holds more than " + limits.maxBytes() + " bytes ("
                            + Setting.TRANSACTION_MAX_BYTES.key() + ")");
        }
        return transaction;
    }

    private void checkRoom(Transaction transaction) {
        int frames = transaction.publications.size() + transaction.settlements.size() + transaction.handlings.size();
        if (frames >= limits.maxFrames()) {
            throw new StompException(
                    StompError.LIMIT_EXCEEDED,
                    "the transaction has more than " + limits.maxFrames() + " frames ("
                            + Setting.TRANSACTION_MAX_FRAMES.key() + ")");
        }
    }

    private void updateOldest() {
        oldestNanos = open.values().stream().mapToLong(t -> t.sinceNanos).min().orElse(NEVER);
    }
}
