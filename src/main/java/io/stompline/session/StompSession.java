package io.stompline.session;

import io.stompline.frame.Command;
import io.stompline.frame.EncodedFrame;
import io.stompline.frame.Frame;
import io.stompline.frame.FrameDecoder;
import io.stompline.frame.FrameEncoder;
import io.stompline.frame.FrameSink;
import io.stompline.frame.Headers;
import io.stompline.frame.MalformedFrameException;
import io.stompline.frame.Version;
import io.stompline.metrics.Counter;
import io.stompline.routing.BusException;
import io.stompline.security.Admission;
import io.stompline.security.Caller;
import io.stompline.session.outbox.Outbox;
import io.stompline.session.outbox.Wire;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.CloseCause;
import io.stompline.session.protocol.SessionLimits;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import io.stompline.session.subscription.Subscription;
import io.stompline.session.subscription.SubscriptionView;
import io.stompline.threads.SerialLane;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * The protocol state of one connection: carries out what its frames say and answers.
 *
 * <p>{@link #receive} runs on the connection's {@link SerialLane}, one call at a time, and may wait for the message bus. {@link
 * #heard}, {@link #listen}, {@link #fail}, {@link #leave} and {@link #close} may be called on any thread and do not wait; nor does
 * {@link #tick}, which one thread calls. While the message bus is away, a frame that needs it waits, and with it all that came after
 * it. However the connection ends, it ends once: subscriptions leave, what is unacknowledged goes back, open transactions are
 * dropped.
 */
public final class StompSession implements SessionView {
    private static final System.Logger LOG = System.getLogger(StompSession.class.getName());

    private final SessionServices services;
    private final SessionLimits limits;
    private final Handshake handshake;
    private final SerialLane lane;
    private final Outbox outbox;
    private final Pulse pulse;
    private final FrameDecoder decoder;
    private final Intake intake;
    private final Admission.Pass pass;
    private final AtomicBoolean left = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final long openedNanos;
    private final NextLook nextLook;
    private final Counter framesOfNode;
    private final Counter bytesOfNode;
    private final Counter messagesOfNode;
    private final LongAdder framesReceived = new LongAdder();
    private final LongAdder messagesSent = new LongAdder();

    private volatile Version version = Version.V1_0;
    private volatile Optional<Connected> connected = Optional.empty();
    private volatile Ending ending = Ending.of(CloseCause.CLIENT_GONE);
    private volatile boolean released;

    /** What there is from CONNECTED on. */
    private record Connected(Login login, Conversation conversation, Instant since) {}

    private final FrameSink sink = new FrameSink() {
        @Override
        public void frame(Frame frame) {
            if (!hasEnded()) {
                framesReceived.increment();
                framesOfNode.increment();
                intake.take(frame);
            }
        }

        @Override
        public void heartBeat() {
            // That bytes arrived was noted when they did.
        }
    };

    /**
     * The session of a connection that was just opened.
     *
     * @param lane runs this connection's work in order
     * @param writer runs this connection's sends; always the same thread for one connection
     */
    public StompSession(SessionServices services, Handshake handshake, Wire wire, SerialLane lane, Executor writer) {
        this.services = services;
        this.limits = services.limits();
        this.handshake = handshake;
        this.lane = lane;
        this.outbox = new Outbox(
                wire,
                writer,
                services.outboxBudget(),
                limits.outbox(),
                this::overflow,
                services.metrics(),
                services.nanoClock());
        this.pulse = new Pulse(limits.beats(), wire, outbox, services.nanoClock());
        this.decoder = new FrameDecoder(limits.frames().capped(limits.maxConnectFrameBytes()));
        this.intake = new Intake(services, lane, new FrameHandler());
        this.framesOfNode = services.metrics().counter("frames_received");
        this.bytesOfNode = services.metrics().counter("bytes_received");
        this.messagesOfNode = services.metrics().counter("messages_sent");
        this.pass = services.access().admission().open(handshake.remoteAddress());
        this.openedNanos = services.nanoClock().getAsLong();
        this.nextLook = new NextLook(openedNanos);
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
        bytesOfNode.add(bytes.remaining());
        try {
            decoder.decode(bytes, sink);
        } catch (MalformedFrameException e) {
            Headers receipt =
                    new Headers.Builder().add("receipt-id", e.receipt()).build();
            end(StompError.of(e.fault()), e.getMessage(), receipt, Optional.empty(), false);
        }
    }

    /** Notes a sign of life: bytes or a pong arrived. Any thread. */
    public void heard() {
        pulse.heard();
    }

    /** Whether the socket is read from now on. While it is not, the client is not blamed for silence. Any thread. */
    public void listen(boolean now) {
        pulse.listen(now);
    }

    /** Tells a client that expects heart-beats that we are here: none came while this process stood still. */
    void awoke() {
        pulse.beat();
    }

    /** Whether {@link #tick} is wanted now. On the thread of the ticks. */
    boolean isDue(long nowNanos) {
        return nextLook.isDue(nowNanos);
    }

    /**
     * Sends heart-beats, goes on with what waited and looks for what is overdue. Called when it {@link #isDue}, by one thread; does
     * not wait.
     */
    public void tick() {
        nextLook.begin(services.nanoClock().getAsLong());
        look();
        if (hasEnded() || intake.isWaiting()) {
            nextLook.atOnce();
        }
    }

    private void look() {
        if (hasEnded()) {
            outbox.closeIfDue();
        } else if (outbox.isClosed()) {
            leave();
        } else if (outbox.checkStall()) {
            return; // overflow() has ended the connection.
        } else if (connected.isEmpty()) {
            checkConnectTimeout();
        } else {
            pulse.tick().ifPresent(reason -> fail(StompError.HEART_BEAT_LOST, reason));
            pulse.plan(nextLook);
            Transactions transactions = connected.get().conversation().transactions();
            transactions.overdue().ifPresent(reason -> fail(StompError.LIMIT_EXCEEDED, reason));
            intake.tick();
            intake.overdue().ifPresent(reason -> fail(StompError.BROKER_UNAVAILABLE, reason));
        }
    }

    /** Sends an ERROR and closes. Any thread; does not wait. */
    public void fail(StompError error, String detail) {
        end(error, detail, Headers.none(), Optional.empty(), false);
    }

    /**
     * Takes it that the client is gone: nothing goes to it any more, and the connection ends when what came of it is carried out (1.2
     * "RECEIPT": that should go on if the client disconnects). What has to wait for the message bus or for its turn is dropped.
     * Any thread; does not wait; idempotent.
     */
    public void leave() {
        if (left.compareAndSet(false, true)) {
            connected.ifPresent(there -> there.conversation().subscriptions().abandonAll());
            CloseCause cause = CloseCause.CLIENT_GONE;
            outbox.finish(List.of(), false, cause.status(), cause.reason(), Duration.ZERO);
            lane.execute(() -> close(cause));
        }
        if (intake.isWaiting()) {
            close(CloseCause.CLIENT_GONE);
        }
    }

    /** Closes without an ERROR. Any thread; does not wait; idempotent. */
    public void close(CloseCause cause) {
        end(Ending.of(cause), List.of(), false);
    }

    /** Whether the connection is ending or has ended. */
    public boolean hasEnded() {
        return ended.get();
    }

    /** Whether nothing of the connection is left: the socket is closed, everything is given back. */
    public boolean isGone() {
        return released && outbox.isClosed();
    }

    /** Whether the client has logged in, so that the session can be viewed. */
    public boolean isConnected() {
        return connected.isPresent();
    }

    /** How many subscriptions it has now. */
    int subscriptionCount() {
        return connected.orElseThrow().conversation().subscriptions().count();
    }

    @Override
    public String id() {
        return handshake.sessionId();
    }

    @Override
    public Caller caller() {
        return connected.orElseThrow().login().caller();
    }

    @Override
    public String remoteAddress() {
        return handshake.remoteAddress();
    }

    @Override
    public Instant connectedSince() {
        return connected.orElseThrow().since();
    }

    @Override
    public List<SubscriptionView> subscriptions() {
        return connected.orElseThrow().conversation().subscriptions().views();
    }

    @Override
    public long framesReceived() {
        return framesReceived.sum();
    }

    @Override
    public long messagesSent() {
        return messagesSent.sum();
    }

    @Override
    public void disconnect(String reason) {
        fail(StompError.DISCONNECTED, reason);
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
        Conversation conversation = connected
                .orElseThrow(
                        () -> new StompException(StompError.NOT_CONNECTED, "the first frame must be CONNECT or STOMP"))
                .conversation();
        ClientFrame clientFrame = new ClientFrame(frame, version, limits.headers());
        clientFrame.checkComplete();
        Optional<String> receipt = clientFrame.receipt();
        if (command == Command.DISCONNECT) {
            disconnect(receipt);
        } else {
            conversation.carryOut(clientFrame);
            receipt.ifPresent(id -> outbox.offerControl(receiptFor(id)));
            conversation.receiptSent();
        }
    }

    private void connect(Frame frame) {
        if (connected.isPresent()) {
            throw new StompException(StompError.ALREADY_CONNECTED, "a connection is opened by one CONNECT frame only");
        }
        Login login = Login.of(frame, handshake, services);
        pass.enter(login.caller().name()).ifPresent(refusal -> {
            throw new StompException(StompError.TOO_MANY_CONNECTIONS, refusal);
        });
        version = login.agreed().version();
        decoder.use(version, limits.frames());
        outbox.offerControl(FrameEncoder.encode(login.connected(handshake, limits.server()), version));
        pulse.start(login.agreed().heartBeats());
        Conversation conversation = new Conversation(services, this, login, new Link(login.caller()));
        connected = Optional.of(
                new Connected(login, conversation, services.wallClock().instant()));
        // After it is there to be seen: only then does a look know when the first heart-beat is due.
        nextLook.atOnce();
        services.metrics().counter("sessions_connected").increment();
        services.listener().connected(this);
    }

    /** 1.2 "DISCONNECT": the receipt says that all before it is done, so everything is given back first. */
    private void disconnect(Optional<String> receipt) {
        ending = Ending.of(CloseCause.DISCONNECT);
        release();
        end(ending, receipt.map(this::receiptFor).stream().toList(), false);
    }

    private EncodedFrame receiptFor(String id) {
        return FrameEncoder.encode(Frame.of(Command.RECEIPT, Headers.of("receipt-id", id)), version);
    }

    private void checkConnectTimeout() {
        Duration limit = limits.connectTimeout();
        if (services.nanoClock().getAsLong() - openedNanos > limit.toNanos()) {
            fail(
                    StompError.CONNECT_TIMEOUT,
                    "a CONNECT frame must come within " + limit.toMillis() + " ms (stompline.connect-timeout)");
        }
    }

    private void overflow(String detail) {
        if (end(StompError.SLOW_CONSUMER, detail, Headers.none(), Optional.empty(), true)) {
            services.metrics().counter("slow_consumers").increment();
        }
    }

    private void fail(Frame frame, StompError error, String detail, Headers more, Optional<Throwable> cause) {
        Optional<String> receipt = new ClientFrame(frame, version, limits.headers()).receiptAsSent();
        Headers headers =
                new Headers.Builder().add("receipt-id", receipt).addAll(more).build();
        end(error, detail, headers, cause, false);
    }

    private boolean end(StompError error, String detail, Headers more, Optional<Throwable> cause, boolean discard) {
        EncodedFrame frame = FrameEncoder.encode(error.frame(detail, more), version);
        boolean first = end(Ending.of(error, detail, cause), List.of(frame), discard);
        if (first) {
            services.metrics().counter("errors_sent").increment();
        }
        return first;
    }

    /** The one way in which a connection ends; only the first call counts. */
    private boolean end(Ending why, List<EncodedFrame> last, boolean discard) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        ending = why;
        nextLook.atOnce();
        connected.ifPresent(there -> there.conversation().subscriptions().abandonAll());
        outbox.finish(last, discard, why.closeStatus(), why.closeReason(), why.linger());
        LOG.log(
                System.Logger.Level.INFO,
                "session {0} of {1} ended after {2} s: {3}",
                handshake.sessionId(),
                connected.map(there -> printable(there.login().caller().name())).orElse("nobody"),
                Duration.ofNanos(services.nanoClock().getAsLong() - openedNanos).toSeconds(),
                why.forLog());
        lane.execute(this::release);
        lane.resume(() -> {});
        return true;
    }

    /** On the lane: gives everything back, once. */
    private void release() {
        if (released) {
            return;
        }
        connected.ifPresent(there -> {
            Ending why = ending;
            if (why.slow()) {
                services.listener().slow(this, why.sentence());
            }
            there.conversation().end();
            services.listener().disconnected(this, why.sentence());
        });
        pass.close();
        released = true;
    }

    private void noteRefusal(StompException e) {
        if (e.error() == StompError.ACCESS_REFUSED) {
            services.metrics().counter("logins_refused").increment();
        }
        if (e.error().isRefusal()) {
            services.listener()
                    .refused(
                            id(),
                            remoteAddress(),
                            connected.map(there -> there.login().caller()),
                            e.getMessage());
        }
    }

    private static String printable(String name) {
        return name.replaceAll("\\p{C}", "?");
    }

    /** Carries out what the intake lets pass, and says what failed. */
    private final class FrameHandler implements Intake.Handler {
        @Override
        public void handle(Frame frame) {
            StompSession.this.handle(frame);
        }

        @Override
        public void failed(Frame frame, Throwable cause) {
            if (cause instanceof StompException e) {
                noteRefusal(e);
                fail(frame, e.error(), e.getMessage(), e.headers(), Optional.empty());
            } else if (cause instanceof BusException e) {
                StompError error = StompError.of(e.reason());
                fail(frame, error, e.getMessage(), Headers.none(), Optional.ofNullable(e.getCause()));
            } else {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "a fault of the server in " + frame.command() + " of session " + handshake.sessionId(),
                        cause);
                fail(
                        frame,
                        StompError.INTERNAL,
                        "the server failed to carry out the frame; its log says more",
                        Headers.none(),
                        Optional.empty());
            }
        }

        @Override
        public void waiting() {
            nextLook.atOnce();
        }

        @Override
        public boolean hasEnded() {
            return StompSession.this.hasEnded();
        }
    }

    /** What the connection's subscriptions see of it. */
    private final class Link implements Subscription.Owner {
        private final Caller caller;

        Link(Caller caller) {
            this.caller = caller;
        }

        @Override
        public Version version() {
            return version;
        }

        @Override
        public String sessionId() {
            return handshake.sessionId();
        }

        @Override
        public String userName() {
            return caller.name();
        }

        @Override
        public void countMessage() {
            messagesSent.increment();
            messagesOfNode.increment();
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
