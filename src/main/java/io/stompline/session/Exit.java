package io.stompline.session;

import io.stompline.bounds.Printable;
import io.stompline.frame.EncodedFrame;
import io.stompline.frame.FrameEncoder;
import io.stompline.frame.Headers;
import io.stompline.metrics.Meter;
import io.stompline.security.Admission;
import io.stompline.session.outbox.Outbox;
import io.stompline.session.port.SessionView;
import io.stompline.session.protocol.CloseCause;
import io.stompline.session.protocol.Ending;
import io.stompline.session.protocol.StompError;
import io.stompline.session.rights.DueRecheck;
import io.stompline.session.timing.NextCheck;
import io.stompline.threads.SerialLane;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The end of one connection, whatever the cause: it ends once, says why to the client and to the log, and gives
 * everything back on the lane.
 *
 * <p>Thread-safe; nothing waits but {@link #disconnect} and {@link #stopAfterRelease}, which are called on the lane.
 */
final class Exit implements DueRecheck.Connection {
    private static final System.Logger LOG = System.getLogger(Exit.class.getName());

    private final SessionServices services;
    private final SessionView session;
    private final LoginState state;
    private final Outbox outbox;
    private final SerialLane lane;
    private final NextCheck nextCheck;
    private final Admission.Pass pass;
    private final long openedNanos;
    private final AtomicBoolean left = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Ending ending = Ending.of(CloseCause.CLIENT_GONE);
    private volatile boolean released;

    /**
     * The end of a connection that was just opened.
     *
     * @param session as listeners see it
     * @param pass counts the connection until its end
     */
    Exit(
            SessionServices services,
            SessionView session,
            LoginState state,
            Outbox outbox,
            SerialLane lane,
            NextCheck nextCheck,
            Admission.Pass pass) {
        this.services = services;
        this.session = session;
        this.state = state;
        this.outbox = outbox;
        this.lane = lane;
        this.nextCheck = nextCheck;
        this.pass = pass;
        this.openedNanos = services.nanoClock().getAsLong();
    }

    @Override
    public boolean hasEnded() {
        return ended.get();
    }

    /** Whether everything is given back. */
    boolean isReleased() {
        return released;
    }

    /** How long the connection has been open. */
    Duration age() {
        return Duration.ofNanos(services.nanoClock().getAsLong() - openedNanos);
    }

    /** Sends an ERROR and closes. */
    void fail(StompError error, String detail) {
        fail(error, detail, Optional.empty());
    }

    @Override
    public void fail(StompError error, String detail, Optional<Throwable> cause) {
        fail(error, detail, "", Headers.none(), cause);
    }

    /**
     * Sends an ERROR and closes.
     *
     * @param where for the client only, after the detail: which frame it is
     * @param more headers of the ERROR
     * @param cause for the log only
     */
    void fail(StompError error, String detail, String where, Headers more, Optional<Throwable> cause) {
        end(error, detail, where, more, cause, false);
    }

    /** Drops waiting frames, sends an ERROR and closes: the client does not read fast enough. */
    void overflow(String detail) {
        end(StompError.SLOW_CONSUMER, detail, "", Headers.none(), Optional.empty(), true);
    }

    /** Closes without an ERROR. Idempotent. */
    void close(CloseCause cause) {
        end(Ending.of(cause), List.of(), false);
    }

    /**
     * Closes without an ERROR: the server stops. Queued frames are still sent, and an {@code auto} delivery among them
     * is acknowledged if the socket takes it. Idempotent.
     */
    void stop(Duration retryAfter) {
        end(Ending.ofStop(retryAfter), List.of(), false, this::deactivateSubscriptions);
    }

    /** Nothing leaves any more over a transport that is closed: what waits for its socket is given up. */
    void abandonUnsent() {
        if (outbox.isClosed()) {
            abandonSubscriptions();
        }
    }

    /**
     * As {@link #stop}, but everything is given back first: an {@code auto} delivery whose frame is on its way is
     * acknowledged, instead of being sent and coming again. On the lane.
     */
    void stopAfterRelease(Duration retryAfter) {
        if (hasEnded()) {
            return;
        }
        ending = Ending.ofStop(retryAfter);
        try {
            release();
        } finally {
            end(ending, List.of(), false);
        }
    }

    /**
     * 1.2 "DISCONNECT": the receipt says that all before it is done, so everything is given back first. On the lane.
     */
    void disconnect(Optional<EncodedFrame> receipt) {
        ending = Ending.of(CloseCause.DISCONNECT);
        release();
        end(ending, receipt.stream().toList(), false);
    }

    /**
     * The client is gone: sends nothing any more, and ends when the lane has carried out the received frames.
     * Idempotent.
     */
    void leave() {
        if (left.compareAndSet(false, true)) {
            abandonSubscriptions();
            CloseCause cause = CloseCause.CLIENT_GONE;
            outbox.finish(List.of(), false, cause.status(), cause.reason(), Duration.ZERO);
            lane.execute(() -> close(cause));
        }
    }

    private void end(
            StompError error, String detail, String where, Headers more, Optional<Throwable> cause, boolean discard) {
        EncodedFrame frame = FrameEncoder.encode(error.frame(services.help(), detail + where, more), state.version());
        // Whoever reads the ERROR gets what is queued before it: that need not come again.
        boolean reads = !discard && error != StompError.HEART_BEAT_LOST;
        Runnable leave = reads ? this::deactivateSubscriptions : this::abandonSubscriptions;
        if (end(Ending.of(error, detail, cause), List.of(frame), discard, leave)) {
            services.metrics().counter(Meter.ERRORS_SENT).increment();
            ownMeter(error).ifPresent(meter -> services.metrics().counter(meter).increment());
        }
    }

    private static Optional<Meter> ownMeter(StompError error) {
        return switch (error) {
            case SLOW_CONSUMER -> Optional.of(Meter.SLOW_CONSUMERS);
            case FRAME_TIMEOUT -> Optional.of(Meter.UNFINISHED_FRAMES);
            default -> Optional.empty();
        };
    }

    private boolean end(Ending why, List<EncodedFrame> last, boolean discard) {
        return end(why, last, discard, this::abandonSubscriptions);
    }

    /**
     * The one way in which a connection ends; only the first call counts.
     *
     * @param leave stops deliveries; does not wait
     */
    private boolean end(Ending why, List<EncodedFrame> last, boolean discard, Runnable leave) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        ending = why;
        Runnable release = () -> {
            lane.execute(this::release);
            lane.resume();
        };
        allOf(
                nextCheck::atOnce,
                leave,
                () -> outbox.finish(last, discard, why.closeStatus(), why.closeReason(), why.linger()),
                () -> log(why),
                release);
        return true;
    }

    /** Of a login that is refused the audit says all there is to say. */
    private void log(Ending why) {
        LOG.log(
                why.refused() && state.loggedIn().isEmpty() ? System.Logger.Level.DEBUG : System.Logger.Level.INFO,
                "session {0} of {1} ended after {2} s: {3}",
                session.id(),
                state.loggedIn()
                        .map(client -> Printable.of(client.login().caller().name()))
                        .orElse("nobody"),
                age().toSeconds(),
                why.forLog());
    }

    private void abandonSubscriptions() {
        state.loggedIn()
                .ifPresent(client -> client.conversation().subscriptions().abandonAll());
    }

    private void deactivateSubscriptions() {
        state.loggedIn()
                .ifPresent(client -> client.conversation().subscriptions().deactivateAll());
    }

    /** Releases all resources, once. On the lane. */
    private void release() {
        if (released) {
            return;
        }
        allOf(
                () -> state.loggedIn().ifPresent(this::tellSlow),
                () -> state.loggedIn().ifPresent(client -> client.conversation().end()),
                () -> state.loggedIn()
                        .ifPresent(client -> services.listener().disconnected(session, ending.sentence())),
                pass::close,
                () -> released = true);
    }

    private void tellSlow(LoginState.LoggedIn client) {
        if (ending.slow()) {
            services.listener().slow(session, ending.sentence());
        }
    }

    /**
     * Runs every step, also after one that failed, and then throws with the first failure. Without files, memory or
     * threads any of them may fail, and a resource that is not released is lost until the process ends.
     */
    private void allOf(Runnable... steps) {
        Optional<Throwable> failure = Optional.empty();
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException | Error e) {
                failure = failure.isPresent() ? failure : Optional.of(e);
            }
        }
        failure.ifPresent(first -> {
            throw new IllegalStateException("session " + session.id() + " has not ended in order", first);
        });
    }
}
