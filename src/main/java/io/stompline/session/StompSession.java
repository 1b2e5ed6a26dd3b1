package io.stompline.session;

import io.stompline.broker.BusException;
import io.stompline.broker.Destination;
import io.stompline.broker.Message;
import io.stompline.frame.Command;
import io.stompline.frame.EncodedFrame;
import io.stompline.frame.Frame;
import io.stompline.frame.FrameDecoder;
import io.stompline.frame.FrameEncoder;
import io.stompline.frame.FrameSink;
import io.stompline.frame.Headers;
import io.stompline.frame.MalformedFrameException;
import io.stompline.frame.Version;
import io.stompline.security.Admission;
import io.stompline.security.Caller;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The protocol state of one connection: carries out what its frames say and answers.
 *
 * <p>{@link #receive} runs on the connection's {@link SerialLane}, one call at a time, and may wait for the message bus. {@link
 * #heard}, {@link #tick}, {@link #fail} and {@link #close} may be called on any thread and do not wait. While the message bus is
 * away, a frame that needs it waits, and with it all that came after it. However the connection ends, it ends once:
 * subscriptions leave, what is unacknowledged goes back, open transactions are dropped.
 */
public final class StompSession {
    private static final System.Logger LOG = System.getLogger(StompSession.class.getName());

    private final SessionServices services;
    private final SessionRules rules;
    private final Handshake handshake;
    private final SerialLane lane;
    private final Outbox outbox;
    private final Pulse pulse;
    private final FrameDecoder decoder;
    private final FrameRate rate;
    private final Deferral deferral;
    private final ReplyQueues replyQueues;
    private final Subscriptions subscriptions;
    private final Publications publications;
    private final Transactions transactions;
    private final Admission.Pass pass;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final long openedNanos;

    private volatile Version version = Version.V1_0;
    private volatile Optional<Login> login = Optional.empty();
    private volatile boolean released;

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
        this.lane = lane;
        this.outbox = new Outbox(wire, writer, services.outboxBudget(), rules.outbox(), services.nanoClock());
        this.pulse = new Pulse(rules.beats(), wire, outbox, services.nanoClock());
        this.decoder = new FrameDecoder(rules.frames().capped(rules.maxConnectFrameBytes()));
        this.rate = new FrameRate(rules.maxFramesPerSecond(), services.nanoClock());
        this.deferral = new Deferral(rules.brokerTimeout(), services.nanoClock());
        Subscription.Owner owner = new Link();
        this.replyQueues = new ReplyQueues(owner, services.bus());
        this.subscriptions = new Subscriptions(owner, services, replyQueues);
        this.publications =
                new Publications(services.access().control(), subscriptions, replyQueues, handshake.sessionId());
        this.transactions = new Transactions(services.bus(), rules.transactions(), services.nanoClock());
        this.pass = services.access().admission().open(handshake.remoteAddress());
        this.openedNanos = services.nanoClock().getAsLong();
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
            fail(StompError.of(e.fault()), e.getMessage());
        }
    }

    /** Notes a sign of life: bytes or a pong arrived. Any thread. */
    public void heard() {
        pulse.heard();
    }

    /** Takes it that the client was heard for that long although nobody listened: this process was stopped. */
    public void forgive(Duration pause) {
        pulse.forgive(pause);
    }

    /** Sends heart-beats, goes on with what waited and looks for what is overdue. Called every 100 ms or so; does not wait. */
    public void tick() {
        if (hasEnded()) {
            outbox.closeIfStuck();
        } else if (outbox.isClosed()) {
            close(CloseCause.CLIENT_GONE);
        } else if (outbox.isStalled()) {
            overflow("a message waited longer than "
                    + rules.outbox().stallTimeout().toMillis()
                    + " ms for the client to read it (stompline.outbox.stall-timeout)");
        } else if (login.isEmpty()) {
            checkConnectTimeout();
        } else {
            pulse.tick().ifPresent(reason -> fail(StompError.HEART_BEAT_LOST, reason));
            checkTransactions();
            checkDeferral();
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
        if (deferral.isActive()) {
            deferral.add(frame);
        } else if (!carryOut(frame)) {
            deferral.add(frame);
            lane.pause();
        }
    }

    /** On the lane, when what the first deferred frame waited for has come. */
    private void resume() {
        while (deferral.isActive() && !hasEnded()) {
            if (!carryOut(deferral.first())) {
                lane.pause();
                return;
            }
            deferral.remove();
        }
    }

    /** Whether the frame is done with: carried out, or answered with an ERROR. If not, it has to wait. */
    private boolean carryOut(Frame frame) {
        if (!rate.tryTake()) {
            deferral.until(rate::isOpen);
            return false;
        }
        try {
            handle(frame);
        } catch (StompException e) {
            if (e.error() == StompError.ACCESS_REFUSED) {
                services.metrics().counter("logins_refused").increment();
            }
            fail(frame, e.error(), e.getMessage(), e.headers());
        } catch (BusException e) {
            if (e.reason() == BusException.Reason.UNAVAILABLE && mayWait(frame.command())) {
                deferral.untilAtMost(services.bus()::isAvailable);
                return false;
            }
            logFailure(frame, e);
            fail(frame, StompError.of(e.reason()), e.getMessage(), Headers.none());
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
        return true;
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
        Login by = login.orElseThrow(
                () -> new StompException(StompError.NOT_CONNECTED, "the first frame must be CONNECT or STOMP"));
        ClientFrame clientFrame = new ClientFrame(frame, version, rules.headers());
        clientFrame.checkComplete();
        handle(clientFrame, by);
    }

    private void handle(ClientFrame frame, Login by) {
        Optional<String> receipt = frame.receipt();
        switch (frame.frame().command()) {
            case SEND -> send(frame, by.caller());
            case SUBSCRIBE -> subscribe(frame, by);
            case UNSUBSCRIBE -> subscriptions.close(frame);
            case ACK -> settle(frame, true);
            case NACK -> settle(frame, false);
            case BEGIN -> transactions.begin(frame.transaction().orElseThrow());
            case COMMIT -> commit(frame.transaction().orElseThrow());
            case ABORT -> transactions.abort(frame.transaction().orElseThrow());
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
        if (login.isPresent()) {
            throw new StompException(StompError.ALREADY_CONNECTED, "a connection is opened by one CONNECT frame only");
        }
        Login made = Login.of(frame, handshake, services);
        pass.enter(made.caller().name()).ifPresent(refusal -> {
            throw new StompException(StompError.TOO_MANY_CONNECTIONS, refusal);
        });
        version = made.agreed().version();
        decoder.use(version, rules.frames());
        answer(FrameEncoder.encode(made.connected(handshake, rules.server()), version));
        pulse.start(made.agreed().heartBeats());
        login = Optional.of(made);
        services.metrics().counter("sessions_connected").increment();
    }

    private void send(ClientFrame frame, Caller by) {
        Optional<String> transaction = frame.transaction();
        transaction.ifPresent(transactions::checkRoom);
        Message message = publications.message(frame, by);
        if (transaction.isPresent()) {
            transactions.add(transaction.get(), message);
        } else {
            services.bus().publish(message);
        }
    }

    private void subscribe(ClientFrame frame, Login by) {
        Destination destination = frame.destination();
        if (!services.access().control().maySubscribe(by.caller(), destination)) {
            throw new StompException(StompError.FORBIDDEN, "this user may not subscribe to this destination");
        }
        subscriptions.checkRoom();
        subscriptions.open(frame, destination, by.durableOwner());
    }

    private void settle(ClientFrame frame, boolean acknowledged) {
        Optional<String> transaction = frame.transaction();
        transaction.ifPresent(transactions::checkRoom);
        Optional<Settlement> settlement = subscriptions.settle(frame, acknowledged, frame.flag("requeue", true));
        if (settlement.isEmpty()) {
            return;
        }
        if (transaction.isPresent()) {
            transactions.add(transaction.get(), settlement.get());
        } else {
            apply(settlement.get(), frame.receipt().isPresent());
        }
    }

    /** A settlement that is lost with the message bus does no harm unless the client counts on it: the messages come again. */
    private void apply(Settlement settlement, boolean countedOn) {
        try {
            settlement.apply();
        } catch (BusException e) {
            if (countedOn || e.reason() != BusException.Reason.UNAVAILABLE) {
                throw e;
            }
            LOG.log(System.Logger.Level.DEBUG, "an ACK or NACK was lost with the message bus", e);
        }
    }

    private void commit(String transaction) {
        if (!services.bus().isAvailable()) {
            throw new BusException(BusException.Reason.UNAVAILABLE, "the message broker cannot be reached");
        }
        try {
            transactions.commit(transaction);
        } catch (BusException e) {
            // The transaction is gone: it cannot be tried again.
            throw new StompException(StompError.of(e.reason()), e.getMessage());
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

    private void checkConnectTimeout() {
        Duration limit = rules.connectTimeout();
        if (services.nanoClock().getAsLong() - openedNanos > limit.toNanos()) {
            fail(
                    StompError.CONNECT_TIMEOUT,
                    "a CONNECT frame must come within " + limit.toMillis() + " ms (stompline.connect-timeout)");
        }
    }

    private void checkTransactions() {
        if (transactions.isOverdue()) {
            fail(
                    StompError.LIMIT_EXCEEDED,
                    "a transaction is open for more than "
                            + rules.transactions().timeout().toMillis() + " ms (stompline.transaction.timeout)");
        }
    }

    private void checkDeferral() {
        if (deferral.isReady()) {
            lane.resume(this::resume);
        } else if (deferral.isOverdue()) {
            fail(
                    StompError.BROKER_UNAVAILABLE,
                    "the message broker was away for more than "
                            + rules.brokerTimeout().toMillis() + " ms (stompline.broker-timeout)");
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
        EncodedFrame frame = FrameEncoder.encode(error.frame(detail, more), version);
        if (end(error.sentence() + ": " + detail, List.of(frame), discard, error.closeCode(), error.sentence())) {
            services.metrics().counter("errors_sent").increment();
        }
    }

    /** The one way in which a connection ends; only the first call counts. */
    private boolean end(String why, List<EncodedFrame> last, boolean discard, int code, String reason) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        subscriptions.abandonAll();
        outbox.finish(last, discard, code, reason);
        LOG.log(
                System.Logger.Level.INFO,
                "session {0} of {1} ended after {2} s: {3}",
                handshake.sessionId(),
                login.map(by -> printable(by.caller().name())).orElse("nobody"),
                Duration.ofNanos(services.nanoClock().getAsLong() - openedNanos).toSeconds(),
                why);
        lane.execute(this::release);
        lane.resume(() -> {});
        return true;
    }

    /** On the lane: gives everything back. */
    private void release() {
        subscriptions.closeAll();
        replyQueues.close();
        transactions.clear();
        pass.close();
        released = true;
    }

    private void logFailure(Frame frame, BusException e) {
        LOG.log(
                System.Logger.Level.WARNING,
                "{0} of session {1} failed: {2} ({3})",
                frame.command(),
                handshake.sessionId(),
                e.getMessage(),
                e.getCause());
    }

    /** Which frames are tried again when the message bus is back. A SEND whose outcome is unknown may so be published twice. */
    private static boolean mayWait(Command command) {
        return command == Command.SEND || command == Command.SUBSCRIBE || command == Command.COMMIT;
    }

    private static String printable(String name) {
        return name.replaceAll("\\p{C}", "?");
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
