package io.stompline.session;

import io.stompline.frame.FrameDecoder;
import io.stompline.frame.Headers;
import io.stompline.frame.MalformedFrameException;
import io.stompline.security.Admission;
import io.stompline.security.Caller;
import io.stompline.session.outbox.Outbox;
import io.stompline.session.outbox.Wire;
import io.stompline.session.port.Handshake;
import io.stompline.session.port.SessionView;
import io.stompline.session.protocol.CloseCause;
import io.stompline.session.protocol.FaultPlace;
import io.stompline.session.protocol.FrameDeadline;
import io.stompline.session.protocol.SessionLimits;
import io.stompline.session.protocol.StompError;
import io.stompline.session.rights.DueRecheck;
import io.stompline.session.subscription.SubscriptionView;
import io.stompline.session.timing.AwaitedSubscribes;
import io.stompline.session.timing.NextCheck;
import io.stompline.session.timing.Pulse;
import io.stompline.threads.SerialLane;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * One connection, made of four parts: in ({@link Intake} has frames carried out by {@link FrameHandler}), out ({@link
 * Outbox}), time ({@link PeriodicCheck}) and end ({@link Exit}).
 *
 * <pre>
 *   open ── CONNECT ──&gt; logged in ── DISCONNECT, ERROR, close, leave ──&gt; ended ── released and closed ──&gt; gone
 *     └───────────── ERROR, connect timeout, close, leave ────────────────^
 * </pre>
 *
 * <p>{@link #receive} runs on the connection's {@link SerialLane}, one call at a time, and may wait for the message
 * broker. {@link #heard}, {@link #reading}, {@link #listen}, {@link #fail}, {@link #leave} and {@link #close} may be
 * called on any thread and do not wait; nor does {@link #tick}, which one thread calls. While the message broker is
 * away, a frame that needs it waits, and with it all that came after it; a SUBSCRIBE waits alone. However the
 * connection ends, it ends once: subscriptions leave, what is unacknowledged goes back, open transactions are dropped.
 */
public final class StompSession implements SessionView {
    private final SessionServices services;
    private final Handshake handshake;
    private final LoginState state = new LoginState();
    private final Outbox outbox;
    private final Pulse pulse;
    private final FrameDecoder decoder;
    private final Traffic traffic;
    private final FrameDeadline ofMessage;
    private final FrameDeadline ofFrame;
    private final Exit exit;
    private final Intake intake;
    private final PeriodicCheck check;

    /**
     * The session of a connection that was just opened.
     *
     * @param lane runs this connection's work in order
     * @param writer runs this connection's sends; always the same thread for one connection
     */
    public StompSession(SessionServices services, Handshake handshake, Wire wire, SerialLane lane, Executor writer) {
        this.services = services;
        this.handshake = handshake;
        SessionLimits limits = services.limits();
        Admission.Pass pass = services.access().admission().open(handshake.remoteAddress());
        NextCheck nextCheck = new NextCheck(services.nanoClock().getAsLong());
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
        this.traffic = new Traffic(services.metrics());
        this.ofMessage = new FrameDeadline(limits.frameTimeout(), services.nanoClock());
        this.ofFrame = new FrameDeadline(limits.frameTimeout(), services.nanoClock());
        this.exit = new Exit(services, this, state, outbox, lane, nextCheck, pass);
        DueRecheck recheck = new DueRecheck(
                limits.recheck(),
                handshake.sessionId(),
                services.nanoClock(),
                () -> state.loggedIn().map(client -> client.conversation().recheck()),
                exit,
                lane::executeFirst);
        AwaitedSubscribes awaited = new AwaitedSubscribes(
                services.routes().bus()::isAvailable, limits.brokerTimeout(), services.nanoClock());
        SessionParts parts = new SessionParts(
                services, this, handshake, state, lane, outbox, pulse, exit, nextCheck, recheck, pass, traffic,
                awaited);
        this.intake = new Intake(parts, lane, new FrameHandler(parts, decoder));
        this.check = new PeriodicCheck(parts, intake, List.of(ofMessage, ofFrame));
    }

    /** How large a frame of the client may be now, in octets. Any thread. */
    public int maxFrameBytes() {
        SessionLimits limits = services.limits();
        int max = limits.frames().maxFrameBytes();
        return isConnected() ? max : Math.min(max, limits.maxConnectFrameBytes());
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
        int size = bytes.remaining();
        traffic.bytesReceived(size);
        try {
            decoder.decode(bytes, intake);
            ofFrame.received(size, decoder.unfinished());
        } catch (MalformedFrameException e) {
            Headers receipt =
                    new Headers.Builder().add("receipt-id", e.receipt()).build();
            // Before the login an ERROR says no more than it must.
            String where = isConnected() || e.begun().isEmpty()
                    ? FaultPlace.of(e, state.version(), services.limits().headers())
                    : "";
            exit.fail(StompError.of(e.fault()), e.getMessage(), where, receipt, Optional.empty());
        }
    }

    /**
     * Notes that the transport has read octets, as a sign of life. One thread at a time.
     *
     * @param unfinished the number of the message of the transport that they have begun and not ended, another one for
     *     each message; 0 if they ended with a message
     */
    public void reading(int octets, long unfinished) {
        pulse.heard();
        ofMessage.received(octets, unfinished);
    }

    /** Notes a sign of life: bytes or the answer to a ping arrived. Any thread. */
    public void heard() {
        pulse.heard();
    }

    /** Notes that a ping went out by a transport whose clients need not answer, {@link Pulse#pingTaken}. Any thread. */
    public void pingTaken() {
        pulse.pingTaken();
    }

    /** Whether the socket is read from now on; while it is not, silence of the client does not count. Any thread. */
    public void listen(boolean now) {
        pulse.listen(now);
    }

    /**
     * Sends a heart-beat before its time to a client that expects some: none was sent while this process stood still.
     */
    public void awoke() {
        pulse.beat();
    }

    /** Whether {@link #tick} is wanted now. On the thread of the ticks. */
    public boolean isDue(long nowNanos) {
        return check.isDue(nowNanos);
    }

    /**
     * Sends heart-beats, resumes frames that waited and checks time limits. Called when it {@link #isDue}, by one
     * thread; does not wait.
     */
    public void tick() {
        check.run(services.nanoClock().getAsLong());
    }

    private void overflow(String detail) {
        exit.overflow(detail);
    }

    /** Sends an ERROR and closes. Any thread; does not wait. */
    public void fail(StompError error, String detail) {
        exit.fail(error, detail);
    }

    /**
     * The client is gone: sends nothing any more, and ends when the received frames are carried out, except those that
     * have to wait for the message broker or for their turn (1.2 "RECEIPT": processing should continue if the client
     * disconnects). Any thread; does not wait; idempotent.
     */
    public void leave() {
        check.leave();
    }

    /** Closes without an ERROR. Any thread; does not wait; idempotent. */
    public void close(CloseCause cause) {
        exit.close(cause);
    }

    /**
     * The server stops: the connection ends when what has come is carried out and what was delivered is acknowledged,
     * or else when its patience is over. Until then messages go on, but for those of queues and durable
     * subscriptions. Any thread; does not wait; only the first call counts.
     *
     * @param patience how long that may take
     * @param retryAfter when the client should come again, from its end on
     */
    public void giveNotice(Duration patience, Duration retryAfter) {
        check.giveNotice(patience, retryAfter);
    }

    /** The server stops: closes now, without an ERROR. Any thread; does not wait; idempotent. */
    public void stop(Duration retryAfter) {
        exit.stop(retryAfter);
    }

    /** Whether the connection is ending or has ended. */
    public boolean hasEnded() {
        return exit.hasEnded();
    }

    /** Whether nothing of the connection is left: the transport is closed, everything is given back. */
    public boolean isGone() {
        return exit.isReleased() && outbox.isClosed();
    }

    /** Whether the client has logged in, so that the session can be viewed. */
    public boolean isConnected() {
        return state.loggedIn().isPresent();
    }

    /** How many subscriptions it has now. */
    public int subscriptionCount() {
        return state.get().conversation().subscriptions().count();
    }

    @Override
    public String id() {
        return handshake.sessionId();
    }

    @Override
    public Caller caller() {
        return state.get().login().caller();
    }

    @Override
    public String remoteAddress() {
        return handshake.remoteAddress();
    }

    @Override
    public Instant connectedSince() {
        return state.get().since();
    }

    @Override
    public List<SubscriptionView> subscriptions() {
        return state.get().conversation().subscriptions().views();
    }

    @Override
    public long framesReceived() {
        return traffic.framesReceived();
    }

    @Override
    public long messagesSent() {
        return traffic.messagesSent();
    }

    @Override
    public void disconnect(String reason) {
        fail(StompError.DISCONNECTED, reason);
    }
}
