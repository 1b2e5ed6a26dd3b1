package io.stompline.session.subscription;

import io.stompline.frame.EncodedFrame;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import io.stompline.routing.Broadcast;
import io.stompline.routing.Delivery;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.session.outbox.Offer;
import io.stompline.session.outbox.Outbox;
import io.stompline.session.outbox.OverflowPolicy;
import io.stompline.session.protocol.AckMode;
import io.stompline.session.protocol.SessionLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One subscription of one connection: turns messages into its MESSAGE frames and keeps what is unacknowledged. Thread-safe.
 */
public final class Subscription {
    private static final Runnable NOTHING = () -> {};

    /** What a subscription needs of its connection. */
    public interface Owner {
        Version version();

        String sessionId();

        String userName();

        void countMessage();

        Outbox outbox();

        /** The client does not keep up. */
        void overflowed(String detail);
    }

    /**
     * What SUBSCRIBE said, and when.
     *
     * @param topicWithoutMemory whether what is not taken now is lost, so that nothing is held back
     * @param held whether messages wait until {@link #begin}
     */
    record Terms(
            Optional<String> id,
            Destination destination,
            AckMode ackMode,
            boolean noLocal,
            boolean topicWithoutMemory,
            boolean held,
            Instant since) {}

    private final Owner owner;
    private final Terms terms;
    private final String ackPrefix;

    /** Begins every frame whose message shows its own id. */
    private final byte[] head;

    private final int maxUnacknowledged;
    private final AckLedger ledger;
    private long deliveries;

    /** Open while an {@code auto} delivery waits for the socket. */
    private CountDownLatch inHand = new CountDownLatch(0);

    /** Open while such a delivery is neither acknowledged nor given up. */
    private CountDownLatch settled = new CountDownLatch(0);

    /** Messages that came before the snapshot; gone once it is sent. */
    private Optional<List<Broadcast>> early;

    private Optional<FirstMessage> snapshot = Optional.empty();
    private final CountDownLatch begun = new CountDownLatch(1);

    private volatile boolean active = true;

    /**
     * A subscription that is not yet connected to its source.
     *
     * @param number which subscription of the connection it is, to keep message ids apart
     */
    Subscription(Owner owner, Terms terms, long number, SessionLimits.SubscriptionLimits limits) {
        this.owner = owner;
        this.terms = terms;
        this.ackPrefix = number + "-";
        this.head = Broadcast.head(
                new Headers.Builder().add("subscription", terms.id()).build(), owner.version());
        this.maxUnacknowledged =
                terms.topicWithoutMemory() ? limits.maxUnacknowledgedOfTopic() : limits.maxUnacknowledged();
        this.ledger = new AckLedger(maxUnacknowledged);
        this.early = terms.held() ? Optional.of(new ArrayList<>()) : Optional.empty();
        if (!terms.held()) {
            begun.countDown();
        }
    }

    Terms terms() {
        return terms;
    }

    public SubscriptionView view() {
        return new SubscriptionView(terms.id(), terms.destination(), terms.since());
    }

    /** Lets messages through that were held: first the snapshot, then what it does not cover, in order. */
    public synchronized void begin(Optional<FirstMessage> first) {
        first.ifPresent(sent -> deliver(new Broadcast(sent.message())));
        snapshot = first;
        List<Broadcast> held = early.orElse(List.of());
        early = Optional.empty();
        held.forEach(this::accept);
        begun.countDown();
    }

    /** Takes a message of a shared topic. Called on the bus's thread; does not block. */
    synchronized void accept(Broadcast broadcast) {
        Message message = broadcast.message();
        if (!active || !isMeant(message)) {
            return;
        }
        if (early.isPresent()) {
            hold(broadcast);
        } else {
            deliver(broadcast);
        }
    }

    private boolean isMeant(Message message) {
        boolean own = terms.noLocal() && message.origin().equals(owner.sessionId());
        return !own
                && message.audience().includesSession(owner.sessionId())
                && snapshot.filter(first -> first.covers(message)).isEmpty();
    }

    private void hold(Broadcast broadcast) {
        early.get().add(broadcast);
        if (early.get().size() > maxUnacknowledged) {
            owner.overflowed("more than " + maxUnacknowledged
                    + " messages came before the snapshot (stompline.subscription.max-unacknowledged-of-topic)");
        }
    }

    private void deliver(Broadcast broadcast) {
        Message message = broadcast.message();
        String id = nextId(message);
        if (terms.ackMode() != AckMode.AUTO && !ledger.enter(id, Optional.empty())) {
            owner.overflowed("subscription " + idForHumans() + " has more than " + maxUnacknowledged
                    + " unacknowledged messages (stompline.subscription.max-unacknowledged-of-topic)");
        } else if (owner.outbox().offer(frame(broadcast, id), OverflowPolicy.CLOSE) == Offer.TAKEN) {
            owner.countMessage();
        }
    }

    /**
     * Takes a delivery of its own feed. Called on the feed's thread; holds the feed back while the client has enough.
     *
     * <p>A delivery that comes while the subscription ends is left unsettled: the closing feed gives it back.
     */
    void accept(Delivery delivery) {
        if (terms.topicWithoutMemory()) {
            // Held back, it would fill the topic's store and hit its publishers.
            accept(new Broadcast(delivery.message()));
            return;
        }
        try {
            begun.await();
            deliver(delivery);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes out what an ACK or NACK names; empty if nothing of that id is open. */
    Map<String, AckLedger.Entry> take(String ackId, boolean cumulative) {
        return ledger.take(ackId, cumulative);
    }

    /** Undoes {@link #take}. */
    void putBack(Map<String, AckLedger.Entry> taken) {
        ledger.putBack(taken);
    }

    /**
     * Stops delivering: after this returns no MESSAGE of this subscription is queued any more. What is queued still goes out, and
     * an {@code auto} delivery among it is still acknowledged.
     */
    void deactivate() {
        active = false;
        ledger.close();
        owner.outbox().wake();
        begun.countDown();
        synchronized (this) {
            // Whatever was being queued is through now.
        }
    }

    /**
     * Waits, after {@link #deactivate()}, until an {@code auto} delivery that is on its way to the client is acknowledged or given up.
     * Its feed, when it is closed, gives back what is not acknowledged: the client would get again what it has.
     *
     * @return false if that took longer than the limit
     */
    boolean awaitSettled(Duration limit) {
        CountDownLatch last;
        synchronized (this) {
            last = settled;
        }
        try {
            return last.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Like {@link #deactivate()}, for a connection that ends: nothing is waited for any more. */
    void abandon() {
        deactivate();
        synchronized (this) {
            inHand.countDown();
        }
    }

    private void deliver(Delivery delivery) throws InterruptedException {
        String id = nextId(delivery.message());
        EncodedFrame frame = frame(new Broadcast(delivery.message()), id);
        boolean done = false;
        // Others may take the room that this one waited for.
        while (!done && owner.outbox().awaitRoom(frame.size(), () -> active)) {
            done = terms.ackMode() == AckMode.AUTO
                    ? deliverAndAcknowledge(delivery, frame)
                    : deliverForAcknowledgement(delivery, id, frame);
        }
    }

    /** Whether there was room. */
    private boolean deliverForAcknowledgement(Delivery delivery, String id, EncodedFrame frame)
            throws InterruptedException {
        if (!ledger.awaitRoom()) {
            return false;
        }
        synchronized (this) {
            if (!active || !ledger.enter(id, Optional.of(delivery))) {
                return false;
            }
            boolean queued = queue(frame, NOTHING);
            if (!queued) {
                ledger.take(id, false);
            }
            return queued;
        }
    }

    /** Whether there was room. */
    private boolean deliverAndAcknowledge(Delivery delivery, EncodedFrame frame) throws InterruptedException {
        CountDownLatch handedOver = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        AtomicBoolean written = new AtomicBoolean();
        synchronized (this) {
            inHand = handedOver;
            boolean queued = active
                    && queue(frame, () -> {
                        written.set(true);
                        handedOver.countDown();
                    });
            if (!queued) {
                return false;
            }
            settled = done;
        }
        try {
            handedOver.await();
            if (written.get()) {
                delivery.acknowledge();
            }
        } finally {
            done.countDown();
        }
        return true;
    }

    private boolean queue(EncodedFrame frame, Runnable written) {
        boolean queued = owner.outbox().offer(frame, OverflowPolicy.WAIT, written) != Offer.FULL;
        if (queued) {
            owner.countMessage();
        }
        return queued;
    }

    /** Ids to acknowledge by are made here: unique in the connection, whatever the bus's ids are. */
    private synchronized String nextId(Message message) {
        deliveries++;
        return showsOwnId(message) ? message.id() : ackPrefix + deliveries;
    }

    private boolean showsOwnId(Message message) {
        return terms.ackMode() == AckMode.AUTO && !message.id().isEmpty();
    }

    private EncodedFrame frame(Broadcast broadcast, String id) {
        if (showsOwnId(broadcast.message())) {
            return broadcast.frame(owner.version(), head);
        }
        Headers.Builder headers =
                new Headers.Builder().add("subscription", terms.id()).add("message-id", id);
        if (terms.ackMode() != AckMode.AUTO && owner.version() == Version.V1_2) {
            headers.add("ack", id);
        }
        return broadcast.frameWithOwnId(owner.version(), Broadcast.head(headers.build(), owner.version()));
    }

    private String idForHumans() {
        return terms.id().orElse(terms.destination().text());
    }
}
