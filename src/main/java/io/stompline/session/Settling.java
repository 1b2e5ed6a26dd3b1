package io.stompline.session;

import io.stompline.bounds.RecentMap;
import io.stompline.frame.Command;
import io.stompline.frame.HeaderNames;
import io.stompline.routing.BusException;
import io.stompline.routing.MessageBus;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import io.stompline.session.subscription.Settlement;
import io.stompline.session.subscription.Subscriptions;
import java.util.Map;
import java.util.Optional;

/**
 * Carries out the ACKs and NACKs of one connection. A RECEIPT says that the messages are settled, or in its header
 * {@code problem} that they come again. On the lane only.
 */
final class Settling {
    private static final String LOST =
            "the connection to the message broker was lost; what was not settled before comes again";

    private final Subscriptions subscriptions;
    private final Transactions transactions;
    private final MessageBus bus;

    /** The latest ids of messages that a client settled too late: when it tries again, they are not settled either. */
    private final Map<String, Boolean> givenBack;

    /** @param maxGivenBack how many messages that were not settled are remembered */
    Settling(Subscriptions subscriptions, Transactions transactions, MessageBus bus, int maxGivenBack) {
        this.subscriptions = subscriptions;
        this.transactions = transactions;
        this.bus = bus;
        this.givenBack = new RecentMap<>(maxGivenBack);
    }

    /**
     * Carries out an ACK or NACK.
     *
     * @return with the problem if the messages come again: they were given back to the message broker
     * @throws StompException as {@link Subscriptions#settle}
     * @throws BusException UNAVAILABLE, if the client asked for a receipt: the messages come again
     */
    Outcome carryOut(ClientFrame frame) {
        boolean acknowledged = frame.frame().command() == Command.ACK;
        Optional<String> transaction = frame.transaction();
        transaction.ifPresent(transactions::checkRoom);
        Optional<Settlement> settlement =
                subscriptions.settle(frame, acknowledged, acknowledged || frame.flag(HeaderNames.REQUEUE, true));
        if (settlement.isEmpty()) {
            return settledBefore(frame);
        }
        if (transaction.isPresent()) {
            transactions.add(transaction.get(), settlement.get());
            return Outcome.DONE;
        }
        return apply(settlement.get(), frame);
    }

    private Outcome settledBefore(ClientFrame frame) {
        String id = frame.acknowledgedId();
        if (transactions.holds(id)) {
            // A RECEIPT would say that it is settled, and ABORT might undo that.
            throw new StompException(
                    StompError.UNKNOWN_MESSAGE, "an open transaction holds this message already; COMMIT or ABORT it");
        }
        if (!givenBack.containsKey(id)) {
            return Outcome.DONE;
        }
        if (frame.transaction().isPresent()) {
            // The COMMIT would lack it.
            throw new BusException(BusException.Reason.GIVEN_BACK, LOST);
        }
        return comesAgain(frame);
    }

    private Outcome apply(Settlement settlement, ClientFrame frame) {
        boolean applied = false;
        try {
            applied = frame.receipt().isPresent() ? settlement.apply() : settlement.applyUnlessLost();
        } finally {
            if (!applied) {
                settlement.deliveries().keySet().forEach(id -> givenBack.put(id, true));
            }
        }
        return applied ? Outcome.DONE : comesAgain(frame);
    }

    /** A frame like any other that needs the message broker; when that is back, no reason to end the connection. */
    private Outcome comesAgain(ClientFrame frame) {
        if (frame.receipt().isPresent() && !bus.isAvailable()) {
            throw new BusException(BusException.Reason.UNAVAILABLE, LOST);
        }
        return Outcome.done(Optional.of(LOST));
    }
}
