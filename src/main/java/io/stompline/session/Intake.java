package io.stompline.session;

import io.stompline.config.Setting;
import io.stompline.frame.Frame;
import io.stompline.frame.FrameSink;
import io.stompline.routing.BusException;
import io.stompline.session.rights.DueRecheck;
import io.stompline.session.timing.Deferral;
import io.stompline.session.timing.NextCheck;
import io.stompline.threads.SerialLane;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Passes the frames of one connection on, one after the other, within the allowed rate. A frame waits while something
 * that it needs, such as the message broker, is away. On the lane only, but for {@link #tick()}, {@link #isWaiting()},
 * {@link #isIdle()} and {@link #overdue()}.
 */
final class Intake implements FrameSink {
    private final FrameHandler handler;
    private final Exit exit;
    private final NextCheck nextCheck;
    private final DueRecheck recheck;
    private final Traffic traffic;
    private final SerialLane lane;
    private final Pace pace;
    private final BooleanSupplier busAvailable;
    private final Duration brokerTimeout;
    private final Deferral deferral;
    private volatile boolean carriesOut;

    Intake(SessionParts parts, SerialLane lane, FrameHandler handler) {
        SessionServices services = parts.services();
        this.handler = handler;
        this.exit = parts.exit();
        this.nextCheck = parts.nextCheck();
        this.recheck = parts.recheck();
        this.traffic = parts.traffic();
        this.lane = lane;
        this.pace = new Pace(services.limits().maxFramesPerSecond(), parts.state(), services.nanoClock());
        this.busAvailable = services.routes().bus()::isAvailable;
        this.brokerTimeout = services.limits().brokerTimeout();
        this.deferral = new Deferral(brokerTimeout, services.nanoClock());
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

    /** Goes on if the first frame need not wait any more. Any thread; does not wait. */
    void tick() {
        if (deferral.isReady()) {
            lane.resume(this::resume);
        }
    }

    /** Whether a frame has to wait. Any thread. */
    boolean isWaiting() {
        return deferral.isWaiting();
    }

    /** Whether a whole frame has come and is not done with: it waits, or is being carried out. Any thread. */
    boolean hasFrame() {
        return carriesOut || isWaiting();
    }

    /** Whether it has read all that came. Any thread. */
    boolean isIdle() {
        return !isWaiting() && lane.isIdle();
    }

    /**
     * Why the connection must be ended, if the first frame has waited too long for the message broker and still has to.
     * Any thread.
     */
    Optional<String> overdue() {
        if (!deferral.isOverdue() || deferral.isReady()) {
            return Optional.empty();
        }
        return Optional.of("the message broker was away for more than " + brokerTimeout.toMillis() + " ms ("
                + Setting.BROKER_TIMEOUT.key() + ")");
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
        if (exit.hasEnded()) {
            return true;
        }
        if (!deferral.isLimited() && !pace.tryTake(frame)) {
            deferral.until(() -> pace.isOpen(frame));
            return false;
        }
        carriesOut = true;
        try {
            if (handler.handle(frame) instanceof Outcome.Deferred deferred) {
                deferral.until(deferred.over());
                return false;
            }
        } catch (BusException e) {
            if (mayWait(frame, e)) {
                deferral.untilAtMost(busAvailable);
                return false;
            }
            handler.failed(frame, e);
        } catch (RuntimeException | Error e) {
            handler.failed(frame, e);
        } finally {
            carriesOut = false;
        }
        return true;
    }

    /**
     * Whether it is tried again when the message broker is back. A SEND whose outcome is unknown may so be published
     * twice.
     */
    private boolean mayWait(Frame frame, BusException failure) {
        return frame.command().isRepeatable()
                && failure.reason() == BusException.Reason.UNAVAILABLE
                && !deferral.isOverdue();
    }
}
