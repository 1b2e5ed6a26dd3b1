package io.stompline.session.subscription;

import io.stompline.frame.EncodedFrame;
import io.stompline.routing.Delivery;
import io.stompline.routing.Receiver;
import io.stompline.routing.hub.Broadcast;
import io.stompline.session.opening.Opening;
import io.stompline.session.outbox.Offer;
import io.stompline.session.outbox.Outbox;
import io.stompline.session.protocol.AckMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A subscription to messages that are kept until they are acknowledged: of a queue, or of a durable topic. Applies
 * back-pressure: the thread of its feed waits while the client has enough.
 */
final class QueueSubscription implements Subscription, Receiver<Delivery> {
    private static final Runnable NOTHING = () -> {};

    private final Owner owner;
    private final Outbox outbox;
    private final SubscriptionTerms terms;
    private final MessageFrames frames;
    private final AckLedger ledger;

    /** Open until the opening was sent. */
    private final CountDownLatch begun;

    /** The latest delivery that was queued with {@code ack:auto}; guarded by this. */
    private Optional<AutoDelivery> latestAuto = Optional.empty();

    private volatile boolean active = true;

    /**
     * A subscription that is not yet connected to its source.
     *
     * @param maxUnacknowledged unacknowledged messages at a time; further deliveries wait
     */
    QueueSubscription(Owner owner, SubscriptionTerms terms, MessageFrames frames, int maxUnacknowledged) {
        this.owner = owner;
        this.outbox = owner.outbox();
        this.terms = terms;
        this.frames = frames;
        this.ledger = new AckLedger(maxUnacknowledged);
        this.begun = new CountDownLatch(terms.held() ? 1 : 0);
    }

    @Override
    public SubscriptionTerms terms() {
        return terms;
    }

    /** Delivers messages that the opening covers as well: a delivery has to be settled. */
    @Override
    public synchronized void begin(Opening opening) {
        DirectSender sender = new DirectSender(owner, outbox, terms, frames, ledger);
        opening.messages().stream()
                .takeWhile(message -> active)
                .forEach(message -> sender.send(message, opening.marks(message)));
        begun.countDown();
    }

    /**
     * Takes a delivery of its feed. Called on the feed's own thread; blocks until the subscription has begun and the
     * client has room, after {@link #holdBack()} until the end, with {@code ack:auto} also until the socket took the
     * frame and the delivery is acknowledged.
     *
     * <p>A delivery that comes while the subscription ends is left unsettled: the closing feed gives it back.
     *
     * @throws io.stompline.routing.BusException as {@link Delivery#acknowledge}
     */
    @Override
    public void accept(Delivery delivery) {
        try {
            begun.await();
            deliver(delivery);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void overflowed(String detail) {
        owner.overflowed("subscription " + terms.label() + ": " + detail);
    }

    @Override
    public Map<String, AckLedger.Unacknowledged> take(String ackId, boolean cumulative) {
        return ledger.take(ackId, cumulative);
    }

    @Override
    public boolean hasShown(String ackId) {
        return frames.hasMade(ackId);
    }

    @Override
    public void putBack(Map<String, AckLedger.Unacknowledged> taken) {
        ledger.putBack(taken);
    }

    @Override
    public void holdBack() {
        ledger.holdBack();
        synchronized (this) {
            // Whatever was being queued is through now: isAcknowledged() knows of it.
        }
    }

    @Override
    public boolean isAcknowledged() {
        return ledger.isEmpty() && awaitSettled(Duration.ZERO);
    }

    @Override
    public void deactivate() {
        active = false;
        ledger.close();
        outbox.wake();
        begun.countDown();
        synchronized (this) {
            // Whatever was being queued is through now.
        }
    }

    @Override
    public void abandon() {
        deactivate();
        synchronized (this) {
            latestAuto.ifPresent(AutoDelivery::abandon);
        }
    }

    @Override
    public boolean awaitSettled(Duration limit) {
        Optional<AutoDelivery> latest;
        synchronized (this) {
            latest = latestAuto;
        }
        try {
            return latest.isEmpty() || latest.get().awaitSettled(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void deliver(Delivery delivery) throws InterruptedException {
        String id = frames.nextId(delivery.message());
        EncodedFrame frame = frames.frame(new Broadcast(delivery.message()), id);
        boolean done = false;
        // Others may take the room that this one waited for.
        while (!done && ledger.awaitRoom() && outbox.awaitRoom(frame.size(), () -> active)) {
            done = terms.ackMode() == AckMode.AUTO ? deliverAuto(delivery, frame) : deliverForAck(delivery, id, frame);
        }
    }

    /**
     * Queues the frame when the ledger has room; an ACK or NACK settles the delivery. Returns whether the frame was
     * queued.
     */
    private synchronized boolean deliverForAck(Delivery delivery, String id, EncodedFrame frame) {
        if (!active || !ledger.enter(id, Optional.of(delivery))) {
            return false;
        }
        boolean queued = queue(frame, NOTHING);
        if (!queued) {
            ledger.take(id, false);
        }
        return queued;
    }

    /**
     * Queues the frame, waits until the socket took it and acknowledges the delivery. Returns whether the frame was
     * queued.
     */
    private boolean deliverAuto(Delivery delivery, EncodedFrame frame) throws InterruptedException {
        AutoDelivery auto = new AutoDelivery(delivery);
        synchronized (this) {
            if (!active || ledger.isHeldBack() || !queue(frame, auto::written)) {
                return false;
            }
            latestAuto = Optional.of(auto);
        }
        auto.settle();
        return true;
    }

    private boolean queue(EncodedFrame frame, Runnable written) {
        boolean queued = outbox.offer(frame, terms.overflow(), written) != Offer.FULL;
        if (queued) {
            owner.countMessage();
        }
        return queued;
    }
}
