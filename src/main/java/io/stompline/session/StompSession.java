package io.stompline.session;

import io.stompline.broker.BusException;
import io.stompline.broker.Delivery;
import io.stompline.broker.Destination;
import io.stompline.broker.Message;
import io.stompline.frame.Body;
import io.stompline.frame.Command;
import io.stompline.frame.EncodedFrame;
import io.stompline.frame.Frame;
import io.stompline.frame.FrameDecoder;
import io.stompline.frame.FrameEncoder;
import io.stompline.frame.FrameSink;
import io.stompline.frame.Headers;
import io.stompline.frame.MalformedFrameException;
import io.stompline.frame.Version;
import io.stompline.security.Caller;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The protocol state of one connection: carries out what its frames say and answers.
 *
 * <p>{@link #receive} runs on the connection's {@link SerialLane}, one call at a time, and may wait for the message bus. {@link
 * #heard}, {@link #tick}, {@link #fail} and {@link #close} may be called on any thread and do not wait. However the connection
 * ends, it ends once: subscriptions leave, what is unacknowledged goes back, open transactions are dropped.
 */
public final class StompSession {
    private static final System.Logger LOG = System.getLogger(StompSession.class.getName());

    /** Heart-beats are sent this much early, so that the period of the ticks does not make them late. */
    private static final Duration HEART_BEAT_LEAD = Duration.ofMillis(250);

    /** What a late heart-beat is forgiven beyond twice the interval. */
    private static final Duration HEART_BEAT_GRACE = Duration.ofSeconds(1);

    private final SessionServices services;
    private final SessionRules rules;
    private final Handshake handshake;
    private final Wire wire;
    private final SerialLane lane;
    private final Outbox outbox;
    private final FrameDecoder decoder;
    private final ReplyQueues replyQueues;
    private final Subscriptions subscriptions;
    private final Transactions transactions;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final long openedNanos;

    private volatile Version version = Version.V1_0;
    private volatile HeartBeats heartBeats = HeartBeats.NONE;
    private volatile Optional<Caller> caller = Optional.empty();
    private final AtomicLong lastHeardNanos = new AtomicLong();
    private volatile long lastPingNanos;
    private volatile boolean released;
    private String durableOwner = "";

    private final FrameSink sink = new FrameSink() {
        @Override
        public void frame(Frame frame) {
            take(frame);
        }

        @Override
        public void heartBeat() {
            // That bytes arrived was noted when they did.
        }
    };

    /**
     * The session of a WebSocket that was just opened.
     *
     * @param lane runs this connection's work in order
     * @param writer runs this connection's sends; always the same thread for one connection
     */
    public StompSession(SessionServices services, Handshake handshake, Wire wire, SerialLane lane, Executor writer) {
        this.services = services;
        this.rules = services.rules();
        this.handshake = handshake;
        this.wire = wire;
        this.lane = lane;
        this.outbox = new Outbox(wire, writer, services.outboxBudget(), rules.outbox(), services.nanoClock());
        this.decoder = new FrameDecoder(rules.frames().capped(rules.maxConnectFrameBytes()));
        Subscription.Owner owner = new Link();
        this.replyQueues = new ReplyQueues(owner, services.bus());
        this.subscriptions = new Subscriptions(owner, services, replyQueues);
        this.transactions = new Transactions(rules.transactions(), services.nanoClock());
        this.openedNanos = services.nanoClock().getAsLong();
        this.lastHeardNanos.set(openedNanos);
        this.lastPingNanos = openedNanos;
    }

    /** Answers in binary messages from now on: the client sent one. */
    public void useBinary() {
        outbox.useBinary();
    }

    /** Takes received bytes, in any cut. On the lane only. */
    public void receive(ByteBuffer bytes) {
        if (hasEnded()) {
            return;
        }
        try {
            decoder.decode(bytes, sink);
        } catch (MalformedFrameException e) {
            fail(errorFor(e.fault()), e.getMessage());
        }
    }

    /** Notes a sign of life: bytes or a pong arrived. Any thread. */
    public void heard() {
        lastHeardNanos.set(services.nanoClock().getAsLong());
    }

    /** Takes it that the client was heard for that long although nobody listened: this process was stopped. */
    public void forgive(Duration pause) {
        lastHeardNanos.addAndGet(pause.toNanos());
    }

    /** Sends heart-beats and looks for what is overdue. Called every 100 ms or so; does not wait. */
    public void tick() {
        if (hasEnded()) {
            outbox.closeIfStuck();
            return;
        }
        long now = services.nanoClock().getAsLong();
        if (outbox.isClosed()) {
            close(CloseCause.CLIENT_GONE);
        } else if (outbox.isStalled()) {
            overflow("a message waited longer than "
                    + rules.outbox().stallTimeout().toMillis()
                    + " ms for the client to read it (stompline.outbox.stall-timeout)");
        } else if (caller.isEmpty()
                && now - openedNanos > rules.connectTimeout().toNanos()) {
            fail(
                    StompError.CONNECT_TIMEOUT,
                    "a CONNECT frame must come within " + rules.connectTimeout().toMillis()
                            + " ms (stompline.connect-timeout)");
        } else if (transactions.isOverdue()) {
            fail(
                    StompError.LIMIT_EXCEEDED,
                    "a transaction is open for more than "
                            + rules.transactions().timeout().toMillis() + " ms (stompline.transaction.timeout)");
        } else if (caller.isPresent()) {
            listen(now);
            beat(now);
        }
    }

    /** Sends an ERROR and closes. Any thread; does not wait. */
    public void fail(StompError error, String detail) {
        end(error, detail, Headers.none(), false);
    }

    /** Closes without an ERROR. Any thread; does not wait; idempotent. */
    public void close(CloseCause cause) {
        end(cause.reason(), List.of(), false, cause.closeCode(), cause.reason());
    }

    /** Whether the connection is ending or has ended. */
    public boolean hasEnded() {
        return ended.get();
    }

    /** Whether nothing of the connection is left: the socket is closed, everything is given back. */
    public boolean isGone() {
        return released && outbox.isClosed();
    }

    /** Unguessable id of the session. */
    public String id() {
        return handshake.sessionId();
    }

    private void take(Frame frame) {
        if (hasEnded()) {
            return;
        }
        services.metrics().counter("frames_received").increment();
        try {
            handle(frame);
        } catch (StompException e) {
            fail(frame, e.error(), e.getMessage(), e.headers());
        } catch (BusException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} of session {1} failed: {2} ({3})",
                    frame.command(),
                    handshake.sessionId(),
                    e.getMessage(),
                    e.getCause());
            fail(frame, errorFor(e.reason()), e.getMessage(), Headers.none());
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "a fault of the server in " + frame.command() + " of session " + handshake.sessionId(),
                    e);
            fail(
                    frame,
                    StompError.INTERNAL,
                    "the server failed to carry out the frame; its log says more",
                    Headers.none());
        }
    }

    private void handle(Frame frame) {
        Command command = frame.command();
        if (command.sender() == Command.Sender.SERVER) {
            throw new StompException(StompError.SERVER_COMMAND, command + " is sent by servers, not by clients");
        }
        if (command.isConnect()) {
            connect(frame);
            return;
        }
        if (caller.isEmpty()) {
            throw new StompException(StompError.NOT_CONNECTED, "the first frame must be CONNECT or STOMP");
        }
        ClientFrame clientFrame = new ClientFrame(frame, version);
        clientFrame.checkComplete();
        carryOut(clientFrame, caller.get());
    }

    private void carryOut(ClientFrame frame, Caller by) {
        Optional<String> receipt = frame.receipt();
        switch (frame.frame().command()) {
            case SEND -> send(frame, by);
            case SUBSCRIBE -> subscribe(frame, by);
            case UNSUBSCRIBE -> subscriptions.close(frame);
            case ACK -> settle(frame, true);
            case NACK -> settle(frame, false);
            case BEGIN -> transactions.begin(frame.transaction().orElseThrow());
            case COMMIT -> commit(transactions.end(frame.transaction().orElseThrow()));
            case ABORT -> abort(transactions.end(frame.transaction().orElseThrow()));
            case DISCONNECT -> {
                disconnect(receipt);
                return;
            }
            case CONNECT, STOMP, CONNECTED, MESSAGE, RECEIPT, ERROR ->
                throw new IllegalStateException("handled before");
        }
        receipt.ifPresent(id -> answer(receiptFor(id)));
    }

    private void connect(Frame frame) {
        if (caller.isPresent()) {
            throw new StompException(StompError.ALREADY_CONNECTED, "a connection is opened by one CONNECT frame only");
        }
        Negotiation agreed = Negotiation.of(frame, handshake.subprotocol(), rules.heartBeats());
        ClientFrame connect = new ClientFrame(frame, agreed.version());
        connect.checkConnect();
        Caller found = identify(connect);
        version = agreed.version();
        heartBeats = agreed.heartBeats();
        durableOwner = found.name() + "/" + connect.clientId().orElse("");
        decoder.use(version, rules.frames());
        answer(connected(found));
        lastHeardNanos.set(services.nanoClock().getAsLong());
        caller = Optional.of(found);
        services.metrics().counter("sessions_connected").increment();
    }

    private Caller identify(ClientFrame connect) {
        Optional<Caller> found = connect.login().isPresent()
                ? services.authenticator()
                        .authenticate(connect.login().get(), connect.passcode().orElse(""))
                : handshake.caller();
        return found.orElseThrow(() -> {
            services.metrics().counter("logins_refused").increment();
            return new StompException(
                    StompError.ACCESS_REFUSED, "the server did not accept the login and passcode of this CONNECT");
        });
    }

    private EncodedFrame connected(Caller found) {
        Headers.Builder headers = new Headers.Builder()
                .add("version", version.number())
                .add("session", handshake.sessionId())
                .add("server", rules.server());
        if (version.isAtLeast(Version.V1_1)) {
            headers.add("heart-beat", rules.heartBeats().header());
        }
        headers.add("user-name", found.name());
        return FrameEncoder.encode(Frame.of(Command.CONNECTED, headers.build()), version);
    }

    private void send(ClientFrame frame, Caller by) {
        Destination destination = frame.destination();
        checkTarget(by, destination);
        Optional<String> transaction = frame.transaction();
        transaction.ifPresent(transactions::checkRoom);
        Message message = Message.of(
                target(destination), headersToSend(frame), frame.frame().body(), handshake.sessionId());
        if (transaction.isPresent()) {
            transactions.add(transaction.get(), message);
        } else {
            services.bus().publish(message);
        }
    }

    private void checkTarget(Caller by, Destination destination) {
        if (destination.isPattern()) {
            throw new StompException(
                    StompError.INVALID_DESTINATION, "a message goes to one destination; wildcards are for SUBSCRIBE");
        }
        if (destination.kind() != Destination.Kind.TEMP_QUEUE) {
            check(services.accessControl().maySend(by, destination), "send to");
        }
    }

    private Destination target(Destination destination) {
        return destination.kind() == Destination.Kind.TEMP_QUEUE ? replyQueues.target(destination) : destination;
    }

    /** The headers that travel; a reply-to that names an own temporary queue becomes its address. */
    private Headers headersToSend(ClientFrame frame) {
        Headers passedOn = frame.passedOn();
        Optional<Destination> replyTo = frame.replyTo();
        if (replyTo.isEmpty()) {
            return passedOn;
        }
        Destination address = replyTo.get();
        if (address.kind() == Destination.Kind.TEMP_QUEUE) {
            if (replyQueues.isNew(address)) {
                checkSubscriptionCount();
            }
            address = replyQueues.address(address);
        }
        return new Headers.Builder()
                .addAll(passedOn.firstOfEach(name -> !name.equals("reply-to")))
                .add("reply-to", address.text())
                .build();
    }

    private void subscribe(ClientFrame frame, Caller by) {
        Destination destination = frame.destination();
        check(services.accessControl().maySubscribe(by, destination), "subscribe to");
        checkSubscriptionCount();
        subscriptions.open(frame, destination, durableOwner);
    }

    private void checkSubscriptionCount() {
        if (subscriptions.size() + replyQueues.size() >= rules.maxSubscriptions()) {
            throw new StompException(
                    StompError.LIMIT_EXCEEDED,
                    "the connection has more than " + rules.maxSubscriptions()
                            + " subscriptions (stompline.subscription.max)");
        }
    }

    private static void check(boolean allowed, String deed) {
        if (!allowed) {
            throw new StompException(StompError.FORBIDDEN, "this user may not " + deed + " this destination");
        }
    }

    private void settle(ClientFrame frame, boolean acknowledged) {
        Optional<String> transaction = frame.transaction();
        transaction.ifPresent(transactions::checkRoom);
        boolean requeue = frame.flag("requeue", true);
        Optional<Transactions.Settlement> settlement = subscriptions.settle(frame, acknowledged, requeue);
        if (settlement.isEmpty()) {
            return;
        }
        if (transaction.isPresent()) {
            transactions.add(transaction.get(), settlement.get());
        } else {
            settlement.get().apply();
        }
    }

    private void commit(Transactions.Transaction transaction) {
        List<Delivery> acknowledged = transaction.settlements().stream()
                .filter(Transactions.Settlement::acknowledged)
                .flatMap(settlement -> settlement.deliveries().values().stream())
                .flatMap(Optional::stream)
                .toList();
        if (!transaction.publications().isEmpty() || !acknowledged.isEmpty()) {
            services.bus().commit(transaction.publications(), acknowledged);
        }
        transaction.settlements().stream()
                .filter(settlement -> !settlement.acknowledged())
                .forEach(Transactions.Settlement::apply);
    }

    private static void abort(Transactions.Transaction transaction) {
        for (Transactions.Settlement settlement : transaction.settlements()) {
            settlement.subscription().putBack(settlement.deliveries());
        }
    }

    /** 1.2 "DISCONNECT": the receipt says that all before it is done, so everything is given back first. */
    private void disconnect(Optional<String> receipt) {
        release();
        CloseCause cause = CloseCause.DISCONNECT;
        end(cause.reason(), receipt.map(this::receiptFor).stream().toList(), false, cause.closeCode(), cause.reason());
    }

    private EncodedFrame receiptFor(String id) {
        return FrameEncoder.encode(Frame.of(Command.RECEIPT, Headers.of("receipt-id", id)), version);
    }

    private void answer(EncodedFrame frame) {
        if (!outbox.offerControl(frame)) {
            overflow("the client does not read its receipts");
        }
    }

    private void listen(long now) {
        long silence = now - lastHeardNanos.get();
        Duration expected = heartBeats.expect();
        if (!expected.isZero()) {
            if (silence > expected.multipliedBy(2).plus(HEART_BEAT_GRACE).toNanos()) {
                fail(
                        StompError.HEART_BEAT_LOST,
                        "nothing came for more than twice the agreed " + expected.toMillis() + " ms");
            }
        } else if (silence > rules.pingTimeout().toNanos()) {
            fail(
                    StompError.HEART_BEAT_LOST,
                    "nothing came, not even a WebSocket pong, for "
                            + rules.pingTimeout().toMillis() + " ms (stompline.ping.timeout)");
        } else if (silence > rules.pingInterval().toNanos()
                && now - lastPingNanos > rules.pingInterval().toNanos()) {
            lastPingNanos = now;
            wire.ping();
        }
    }

    private void beat(long now) {
        Duration interval = heartBeats.send();
        if (interval.isZero()) {
            return;
        }
        long lead = Math.min(HEART_BEAT_LEAD.toNanos(), interval.toNanos() / 4);
        if (now - outbox.lastSentNanos() >= interval.toNanos() - lead) {
            outbox.offerHeartBeat();
        }
    }

    private void overflow(String detail) {
        services.metrics().counter("slow_consumers").increment();
        end(StompError.SLOW_CONSUMER, detail, Headers.none(), true);
    }

    private void fail(Frame frame, StompError error, String detail, Headers more) {
        Headers receipt =
                frame.header("receipt").map(id -> Headers.of("receipt-id", id)).orElse(Headers.none());
        end(error, detail, new Headers.Builder().addAll(receipt).addAll(more).build(), false);
    }

    private void end(StompError error, String detail, Headers more, boolean discard) {
        Headers headers = new Headers.Builder()
                .add("message", error.sentence())
                .addAll(more)
                .add("content-type", "text/plain")
                .build();
        EncodedFrame frame = FrameEncoder.encode(new Frame(Command.ERROR, headers, Body.utf8(detail)), version);
        if (end(error.sentence() + ": " + detail, List.of(frame), discard, error.closeCode(), error.sentence())) {
            services.metrics().counter("errors_sent").increment();
        }
    }

    /** The one way in which a connection ends; only the first call counts. */
    private boolean end(String why, List<EncodedFrame> last, boolean discard, int code, String reason) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        subscriptions.deactivateAll();
        outbox.finish(last, discard, code, reason);
        LOG.log(
                System.Logger.Level.INFO,
                "session {0} of {1} ended after {2} s: {3}",
                handshake.sessionId(),
                caller.map(Caller::name).map(StompSession::printable).orElse("nobody"),
                Duration.ofNanos(services.nanoClock().getAsLong() - openedNanos).toSeconds(),
                why);
        lane.execute(this::release);
        return true;
    }

    /** On the lane: gives everything back. */
    private void release() {
        subscriptions.closeAll();
        replyQueues.close();
        transactions.clear();
        released = true;
    }

    private static String printable(String name) {
        return name.replaceAll("\\p{C}", "?");
    }

    private static StompError errorFor(MalformedFrameException.Fault fault) {
        return switch (fault) {
            case SYNTAX, NOT_UTF8, BAD_ESCAPE, BAD_CONTENT_LENGTH, UNEXPECTED_BODY -> StompError.MALFORMED_FRAME;
            case UNKNOWN_COMMAND -> StompError.UNKNOWN_COMMAND;
            case TOO_MANY_HEADERS, FRAME_TOO_LARGE -> StompError.FRAME_TOO_LARGE;
        };
    }

    private static StompError errorFor(BusException.Reason reason) {
        return switch (reason) {
            case UNAVAILABLE -> StompError.BROKER_UNAVAILABLE;
            case FULL -> StompError.DESTINATION_FULL;
            case REFUSED -> StompError.REFUSED_BY_BROKER;
            case BAD_SELECTOR -> StompError.INVALID_SELECTOR;
            case IN_USE -> StompError.SUBSCRIPTION_IN_USE;
        };
    }

    /** What the connection's subscriptions see of it. */
    private final class Link implements Subscription.Owner {
        @Override
        public Version version() {
            return version;
        }

        @Override
        public String sessionId() {
            return handshake.sessionId();
        }

        @Override
        public Outbox outbox() {
            return outbox;
        }

        @Override
        public void overflowed(String detail) {
            overflow(detail);
        }
    }
}
