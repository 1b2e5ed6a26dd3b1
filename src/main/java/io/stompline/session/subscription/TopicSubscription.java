package io.stompline.session.subscription;

import io.stompline.config.Setting;
import io.stompline.frame.Headers;
import io.stompline.inbox.Box;
import io.stompline.routing.Message;
import io.stompline.routing.Receiver;
import io.stompline.routing.Settleable;
import io.stompline.routing.hub.Broadcast;
import io.stompline.session.kept.KeptStream;
import io.stompline.session.opening.Opening;
import io.stompline.session.opening.StartGate;
import io.stompline.session.outbox.Outbox;
import io.stompline.session.protocol.OverflowPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A subscription to messages that the message broker does not keep: of a topic, of a destination of the user, or
 * answers of the application. Never blocks; a client that does not keep up is disconnected, or loses messages. What the
 * database keeps for the user waits for it.
 */
final class TopicSubscription implements Subscription, Receiver<Broadcast> {
    private final Owner owner;
    private final Outbox outbox;
    private final String sessionId;

    /** Empty if there was none. */
    private final String formerSessionId;

    private final SubscriptionTerms terms;
    private final MessageFrames frames;
    private final AckLedger ledger;
    private final DirectSender first;
    private final Optional<DroppingSender> dropping;
    private final LiveSender live;
    private final ReplyQueues replyQueues;
    private final StartGate gate;
    private final Optional<KeptStream> kept;

    /** What follows when the client has acknowledged more; guarded by this. */
    private Optional<Runnable> waitsForAck = Optional.empty();

    private volatile boolean active = true;

    /**
     * A subscription that is not yet connected to its source.
     *
     * @param replyQueues where each reply-to on its way to the client is noted
     * @param maxUnacknowledged unacknowledged or held messages at a time; one more ends the connection
     * @param box what is kept for the user; it waits for room
     */
    TopicSubscription(
            Owner owner,
            SubscriptionTerms terms,
            MessageFrames frames,
            int maxUnacknowledged,
            ReplyQueues replyQueues,
            Optional<Box> box) {
        this.owner = owner;
        this.outbox = owner.outbox();
        this.sessionId = owner.sessionId();
        this.formerSessionId = terms.formerSession().orElse("");
        this.terms = terms;
        this.frames = frames;
        this.ledger = new AckLedger(maxUnacknowledged);
        this.replyQueues = replyQueues;
        this.first = new DirectSender(owner, outbox, terms, frames, ledger);
        this.dropping = terms.overflow() instanceof OverflowPolicy.Dropping policy
                ? Optional.of(new DroppingSender(owner, outbox, terms, frames, policy))
                : Optional.empty();
        this.live = dropping.isPresent() ? dropping.get() : first;
        this.gate = new StartGate(!terms.held());
        this.kept = box.map(
                of -> new KeptStream(of, new KeptClient(), terms.destination().text()));
    }

    @Override
    public SubscriptionTerms terms() {
        return terms;
    }

    @Override
    public void begin(Opening opening) {
        synchronized (this) {
            gate.begin(opening, this::sendFirstIfMeant);
        }
        Optional<Supplier<Opening>> rest = opening.rest();
        if (rest.isPresent()) {
            whenMuchRoom(() -> begin(rest.get().get()));
        } else {
            openGate();
        }
    }

    /** What came meanwhile goes out as fast as the client takes it; then the live stream does. */
    private void openGate() {
        boolean open;
        synchronized (this) {
            open = gate.open(this::hasRoomForLive, this::sendIfMeant);
        }
        if (!open) {
            whenMuchRoom(this::openGate);
        } else if (kept.isPresent()) {
            beginKept(kept.get());
        }
    }

    private synchronized void beginKept(KeptStream stream) {
        if (active) {
            stream.begin();
        }
    }

    /** Messages that may be dropped do not wait for room. */
    private boolean hasRoomForLive() {
        return dropping.isPresent() || (outbox.hasMuchRoom() && ledger.hasRoom());
    }

    private void whenMuchRoom(Runnable step) {
        whenRoom(ledger::hasMuchRoom, step);
    }

    /** One step waits at a time. */
    private void whenRoom(BooleanSupplier inLedger, Runnable step) {
        owner.whenMuchRoom(() -> goOn(inLedger, step));
    }

    /** On the lane. */
    private void goOn(BooleanSupplier inLedger, Runnable step) {
        if (!active) {
            return;
        }
        if (!outbox.hasMuchRoom()) {
            whenRoom(inLedger, step);
        } else if (isRoomOrWaits(inLedger, () -> goOn(inLedger, step))) {
            step.run();
        }
    }

    private synchronized boolean isRoomOrWaits(BooleanSupplier inLedger, Runnable again) {
        boolean room = inLedger.getAsBoolean();
        waitsForAck = room ? Optional.empty() : Optional.of(again);
        return room;
    }

    /**
     * Takes a message of its source. Called on the pump's thread, or on that of a feed with a selector; does not block.
     */
    @Override
    public synchronized void accept(Broadcast next) {
        if (!active || !isMeant(next.message())) {
            return;
        }
        replyQueues.remember(next.replyTo());
        if (kept.isPresent() && kept.get().takes(next)) {
            return;
        }
        if (gate.passes(next)) {
            live.send(next, gate.marks(next));
        } else if (gate.held() > ledger.limit()) {
            tooManyHeld();
        }
    }

    private void tooManyHeld() {
        if (dropping.isPresent()) {
            gate.dropOldest();
            dropping.get().noteDropped();
        } else {
            owner.overflowed("more than " + ledger.limit() + " messages came before the snapshot or the receipt ("
                    + Setting.SUBSCRIPTION_MAX_UNACKNOWLEDGED_OF_TOPIC.key() + ")");
        }
    }

    /** The next message tells the client. */
    @Override
    public synchronized void interrupted() {
        live.noteGap();
        kept.ifPresent(KeptStream::readAgain);
    }

    @Override
    public Map<String, AckLedger.Unacknowledged> take(String ackId, boolean cumulative) {
        Map<String, AckLedger.Unacknowledged> taken = ledger.take(ackId, cumulative);
        Optional<Runnable> waited;
        synchronized (this) {
            waited = waitsForAck;
            waitsForAck = Optional.empty();
        }
        waited.ifPresent(Runnable::run);
        return taken;
    }

    @Override
    public boolean hasShown(String ackId) {
        return frames.hasMade(ackId);
    }

    @Override
    public void putBack(Map<String, AckLedger.Unacknowledged> taken) {
        ledger.putBack(taken);
    }

    /** A topic takes no messages back. */
    @Override
    public void holdBack() {
        // Its messages go on.
    }

    @Override
    public boolean isAcknowledged() {
        return true;
    }

    @Override
    public void deactivate() {
        active = false;
        synchronized (this) {
            // Whatever was being queued is through now: it does not find the ledger closed, which looks like full.
            ledger.close();
        }
    }

    @Override
    public void abandon() {
        deactivate();
    }

    /** True at once: a message is done with when it is queued. */
    @Override
    public boolean awaitSettled(Duration limit) {
        return true;
    }

    @Override
    public boolean isMeant(Message message) {
        return !isOwn(message, sessionId)
                && message.audience().includesSession(sessionId)
                && (formerSessionId.isEmpty() || !isNotForFormer(message));
    }

    private boolean isNotForFormer(Message message) {
        return isOwn(message, formerSessionId) || message.audience().excludes(formerSessionId);
    }

    private boolean isOwn(Message message, String session) {
        return terms.noLocal() && message.origin().equals(session);
    }

    /** The first of several messages that a client has no room for ends the connection; the rest is dropped. */
    private void sendFirstIfMeant(Broadcast broadcast, Headers marks) {
        if (active && isMeant(broadcast.message())) {
            replyQueues.remember(broadcast.replyTo());
            first.send(broadcast, marks);
        }
    }

    private void sendIfMeant(Broadcast waited) {
        if (active && isMeant(waited.message())) {
            live.send(waited, gate.marks(waited));
        }
    }

    /** The subscription as what is kept for its user sees it. */
    private final class KeptClient implements KeptStream.Client {
        private static final int MAX_MESSAGES = 100;

        /** With a quarter of the ledger free: not a reading for each ACK. */
        @Override
        public void whenRoom(Runnable step) {
            TopicSubscription.this.whenRoom(
                    () -> ledger.room() >= Math.max(1, ledger.limit() / 4), () -> guarded(step));
        }

        @Override
        public void whenAllRoom(Runnable step) {
            outbox.whenAllRoom(() -> whenRoom(step));
        }

        @Override
        public void guarded(Runnable step) {
            synchronized (TopicSubscription.this) {
                if (active) {
                    step.run();
                }
            }
        }

        @Override
        public int room() {
            return Math.min(MAX_MESSAGES, Math.max(1, ledger.room()));
        }

        @Override
        public boolean hasRoom() {
            return outbox.hasMuchRoom() && ledger.hasRoom();
        }

        @Override
        public boolean send(Broadcast message, Headers marks, Settleable delivery) {
            if (!active) {
                return true;
            }
            replyQueues.remember(message.replyTo());
            return first.send(message, marks, delivery);
        }
    }
}
