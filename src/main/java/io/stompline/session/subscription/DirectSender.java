package io.stompline.session.subscription;

import io.stompline.config.Setting;
import io.stompline.routing.Broadcast;
import io.stompline.session.outbox.Offer;
import io.stompline.session.protocol.AckMode;
import io.stompline.session.protocol.OverflowPolicy;
import java.util.Optional;

/**
 * Queues messages of one subscription for the client without back-pressure: messages of a topic, and the first messages
 * of a subscription. A client that has too many unacknowledged messages is disconnected; with too many unread ones it
 * meets the overflow policy.
 *
 * <p>Guarded by its subscription's monitor; does not block.
 */
final class DirectSender {
    private final Subscription.Owner owner;
    private final SubscriptionTerms terms;
    private final MessageFrames frames;
    private final AckLedger ledger;
    private final OverflowPolicy overflow;

    /** @param overflow what happens to a message that the client has no room for */
    DirectSender(
            Subscription.Owner owner,
            SubscriptionTerms terms,
            MessageFrames frames,
            AckLedger ledger,
            OverflowPolicy overflow) {
        this.owner = owner;
        this.terms = terms;
        this.frames = frames;
        this.ledger = ledger;
        this.overflow = overflow;
    }

    /** Queues a message; one that was not queued is nothing to acknowledge. */
    void send(Broadcast broadcast) {
        String id = frames.nextId(broadcast.message());
        boolean acknowledged = terms.ackMode() != AckMode.AUTO;
        // Before it is offered: an ACK comes on another thread and may be there before offer() returns.
        if (acknowledged && !ledger.enter(id, Optional.empty())) {
            owner.overflowed("subscription " + terms.label() + " has more than " + ledger.limit()
                    + " unacknowledged messages (" + Setting.SUBSCRIPTION_MAX_UNACKNOWLEDGED_OF_TOPIC.key() + ")");
        } else if (owner.outbox().offer(frames.frame(broadcast, id), overflow) == Offer.TAKEN) {
            owner.countMessage();
        } else if (acknowledged) {
            ledger.take(id, false);
        }
    }
}
