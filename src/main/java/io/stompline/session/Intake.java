package io.stompline.session;

import io.stompline.config.Setting;
import io.stompline.frame.Frame;
import io.stompline.frame.FrameDecoder;
import io.stompline.routing.BusException;
import io.stompline.session.rights.DueRecheck;
import io.stompline.session.timing.AwaitedSubscribes;
import io.stompline.session.timing.Deferral;
import io.stompline.session.timing.NextCheck;
import io.stompline.session.timing.Pace;
import io.stompline.threads.SerialLane;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Passes the frames of one connection on, one after the other, within the allowed rate. A frame waits while something
 * that it needs, such as the message broker, is away; a SUBSCRIBE waits for the message broker alone, without the
 * frames after it. On the lane only, but for {@link #tick()}, {@link #isWaiting()}, {@link #isAwaiting()} and {@link
 * #isIdle()}.
 */
final class Intake implements FrameDecoder.Sink {
    private final FrameHandler handler;
    private final Exit exit;
    private final NextCheck nextCheck;
    private final DueRecheck recheck;
    private final Traffic traffic;
    private final SerialLane lane;
    private final Pace pace;
    private final BooleanSupplier busAvailable;
    private final Duration brokerTimeout;
    private final LongSupplier nanoClock;
    private final Deferral deferral;
    private final AwaitedSubscribes awaited;

    /** Since when frames have met a message broker that is away, by the nano clock; empty if the last one did not. */
    private volatile OptionalLong awaySinceNanos = OptionalLong.empty();

    private volatile boolean carriesOut;

    /** Whether the first frame that waits has its place in the rate of its client. */
    private boolean paid;

    Intake(SessionParts parts, SerialLane lane, FrameHandler handler) {
        SessionServices services = parts.services();
        this.handler = handler;
        this.exit = parts.exit();
        this.nextCheck = parts.nextCheck();
        this.recheck = parts.recheck();
        this.traffic = parts.traffic();
        this.lane = lane;
        this.pace = new Pace(
                services.limits().maxFramesPerSecond(),
                () -> parts.state().loggedIn().map(LoginState.LoggedIn::rate),
                services.nanoClock());
        this.busAvailable = services.routes().bus()::isAvailable;
        this.brokerTimeout = services.limits().brokerTimeout();
        this.nanoClock = services.nanoClock();
        this.deferral = new Deferral(brokerTimeout, nanoClock);
        this.awaited = parts.awaited();
    }

    /** Carries out a frame, now or later; ignores one that comes after the end of the connection. */
    @Override
    public void frame(Frame frame) {
        if (!exit.hasEnded()) {
            traffic.frameReceived();
            take(frame);
        }
    }

    @Override
    public void heartBeat() {
        // The arrival of the bytes was noted before.
    }

    private void take(Frame frame) {
        if (deferral.isActive()) {
            deferral.add(frame);
        } else if (!carryOut(frame)) {
            deferral.add(frame);
            pause();
        }
    }

    /** Goes on if the first frame need not, or may not, wait any more. Any thread; does not wait. */
    void tick() {
        if (!deferral.isLimited()) {
            noteBroker();
        }
        if (awaited.isDue()) {
            lane.executeFirst(this::carryOutAwaited);
        }
        if (deferral.isReady() || deferral.isOverdue()) {
            lane.resume(this::resume);
        }
    }

    /** Whether a frame has to wait. Any thread. */
    boolean isWaiting() {
        return deferral.isWaiting();
    }

    /**
     * Ends the connection because the server stops: between two frames, so that the RECEIPT of the one before is on its
     * way. Any thread; does not wait.
     */
    void stop(Duration retryAfter) {
        if (isWaiting()) {
            lane.executeFirst(() -> exit.stopAfterRelease(retryAfter));
        } else {
            lane.execute(() -> exit.stopAfterRelease(retryAfter));
        }
    }

    /** Whether a SUBSCRIBE waits for the message broker; other frames may wait as well. Any thread. */
    boolean isAwaiting() {
        return !awaited.isEmpty();
    }

    /** Whether a whole frame has come and is not done with: it waits, or is being carried out. Any thread. */
    boolean hasFrame() {
        return carriesOut || isWaiting();
    }

    /** Whether it has read all that came. Any thread. */
    boolean isIdle() {
        return !isWaiting() && lane.isIdle();
    }

    private void resume() {
        while (deferral.isActive() && !exit.hasEnded()) {
            if (!carryOut(deferral.first())) {
                pause();
                return;
            }
            deferral.remove();
        }
    }

    /** Pauses the lane until the first deferred frame need not wait any more, or the connection ends. */
    private void pause() {
        lane.pause();
        nextCheck.atOnce();
        if (exit.hasEnded()) {
            // It ended while the frame was tried: nobody else would let the lane go on.
            lane.resume();
        }
    }

    /** Whether the frame is done with: carried out, failed, or too late. If not, it has to wait. */
    private boolean carryOut(Frame frame) {
        recheck.runIfAsked();
        carryOutAwaited();
        if (exit.hasEnded()) {
            return true;
        }
        if (!paid && !pace.tryTake(frame)) {
            deferral.until(() -> pace.isOpen(frame));
            return false;
        }
        boolean done = tryToCarryOut(frame);
        paid = !done;
        return done;
    }

    private boolean tryToCarryOut(Frame frame) {
        long begunNanos = nanoClock.getAsLong();
        carriesOut = true;
        try {
            Outcome outcome = handler.handle(frame);
            if (outcome instanceof Outcome.Deferred deferred) {
                deferral.until(deferred.over());
                return false;
            }
            if (outcome instanceof Outcome.Awaited) {
                nextCheck.atOnce();
            }
            noteBroker();
        } catch (BusException e) {
            return !waitsOrFails(frame, e, begunNanos);
        } catch (RuntimeException | Error e) {
            handler.failed(frame, e);
        } finally {
            carriesOut = false;
        }
        return true;
    }

    /** An outage is over when the message broker is there and no frame waits for it. Any thread. */
    private void noteBroker() {
        if (awaySinceNanos.isPresent() && busAvailable.getAsBoolean()) {
            awaySinceNanos = OptionalLong.empty();
        }
    }

    /**
     * Whether it waits to be tried again when the message broker is back; if not, it fails. A SEND whose outcome is
     * unknown may so be published twice. The limit counts from the first frame that met this outage: those that follow
     * do not wait anew.
     */
    private boolean waitsOrFails(Frame frame, BusException failure, long begunNanos) {
        if (failure.reason() != BusException.Reason.UNAVAILABLE
                || !frame.command().isRepeatable()) {
            handler.failed(frame, failure);
            return false;
        }
        long since = awaySinceNanos.orElse(begunNanos);
        awaySinceNanos = OptionalLong.of(since);
        if (nanoClock.getAsLong() - since > brokerTimeout.toNanos()) {
            handler.failed(frame, tooLong(failure));
            return false;
        }
        deferral.untilAtMost(busAvailable, since);
        return true;
    }

    private BusException tooLong(BusException failure) {
        return new BusException(
                failure.reason(),
                "the message broker was away for more than " + brokerTimeout.toMillis() + " ms ("
                        + Setting.BROKER_TIMEOUT.key() + ")",
                failure);
    }

    private void carryOutAwaited() {
        awaited.tryDue(this::tryAwaited);
    }

    private Optional<BooleanSupplier> tryAwaited(Frame subscribe) {
        if (exit.hasEnded()) {
            return Optional.empty();
        }
        carriesOut = true;
        try {
            return handler.handle(subscribe) instanceof Outcome.Deferred deferred
                    ? Optional.of(deferred.over())
                    : Optional.empty();
        } catch (RuntimeException | Error e) {
            handler.failed(subscribe, e);
            return Optional.empty();
        } finally {
            carriesOut = false;
        }
    }
}
