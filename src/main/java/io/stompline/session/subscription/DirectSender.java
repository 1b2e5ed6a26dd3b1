package io.stompline.session.subscription;

import io.stompline.config.Setting;
import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.routing.Settleable;
import io.stompline.routing.hub.Broadcast;
import io.stompline.session.outbox.Offer;
import io.stompline.session.outbox.Outbox;
import io.stompline.session.protocol.AckMode;
import io.stompline.session.protocol.OverflowPolicy;
import java.util.Optional;

/**
 * Queues messages of one subscription for the client without back-pressure: messages of a topic, and the first messages
 * of a subscription. A client that has too many unacknowledged or unread messages is disconnected.
 *
 * <p>Guarded by its subscription's monitor; does not block.
 */
final class DirectSender implements LiveSender {
    private static final Runnable NOTHING = () -> {};
    private static final Headers GAP = Headers.of(HeaderNames.DROPPED, "unknown");

    private final Subscription.Owner owner;
    private final Outbox outbox;
    private final SubscriptionTerms terms;
    private final MessageFrames frames;
    private final AckLedger ledger;

    /** Whether messages may be missing before the next one. */
    private boolean gap;

    DirectSender(
            Subscription.Owner owner, Outbox outbox, SubscriptionTerms terms, MessageFrames frames, AckLedger ledger) {
        this.owner = owner;
        this.outbox = outbox;
        this.terms = terms;
        this.frames = frames;
        this.ledger = ledger;
    }

    @Override
    public void noteGap() {
        gap = true;
    }

    @Override
    public void send(Broadcast live, Headers marks) {
        offer(live, marks, Optional.empty(), OverflowPolicy.CLOSE);
    }

    /**
     * Queues a message that is kept elsewhere.
     *
     * @param marks headers of this frame alone
     * @param kept settled by ACK and NACK, with {@code ack:auto} when the socket took the frame
     * @return {@code false} if the outbox has no room for one of its size now
     */
    boolean send(Broadcast broadcast, Headers marks, Settleable kept) {
        return offer(broadcast, marks, Optional.of(kept), OverflowPolicy.WAIT) != Offer.FULL;
    }

    /** Queues a message; one that was not queued is nothing to acknowledge. */
    private Offer offer(Broadcast broadcast, Headers marks, Optional<Settleable> kept, OverflowPolicy policy) {
        String id = frames.nextId(broadcast.message());
        boolean acknowledged = terms.ackMode() != AckMode.AUTO;
        // Before it is offered: an ACK comes on another thread and may be there before offer() returns.
        if (acknowledged && !ledger.enter(id, kept)) {
            owner.overflowed("subscription " + terms.label() + " has more than " + ledger.limit()
                    + " unacknowledged messages (" + Setting.SUBSCRIPTION_MAX_UNACKNOWLEDGED_OF_TOPIC.key() + ")");
            return Offer.ENDING;
        }
        Offer offer = outbox.offer(
                frames.frame(broadcast, id, withGap(marks)),
                policy,
                acknowledged ? NOTHING : () -> kept.ifPresent(Settleable::acknowledge));
        if (offer == Offer.TAKEN) {
            gap = false;
            owner.countMessage();
        } else if (acknowledged) {
            ledger.take(id, false);
        }
        return offer;
    }

    private Headers withGap(Headers marks) {
        return gap ? new Headers.Builder().addAll(marks).addAll(GAP).build() : marks;
    }
}
