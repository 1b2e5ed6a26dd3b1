package io.stompline.session;

import io.stompline.config.Setting;
import io.stompline.metrics.Meter;
import io.stompline.session.outbox.Outbox;
import io.stompline.session.protocol.CloseCause;
import io.stompline.session.protocol.FrameDeadline;
import io.stompline.session.protocol.SessionLimits;
import io.stompline.session.protocol.StompError;
import io.stompline.session.rights.DueRecheck;
import io.stompline.session.timing.NextCheck;
import io.stompline.session.timing.Notice;
import io.stompline.session.timing.Pulse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Checks one connection from time to time: sends heart-beats that are due and ends it when a time limit has
 * passed. One thread at a time; does not wait.
 */
final class PeriodicCheck {
    private final SessionServices services;
    private final SessionLimits limits;
    private final LoginState state;
    private final Outbox outbox;
    private final Pulse pulse;
    private final Intake intake;
    private final Exit exit;
    private final NextCheck nextCheck;
    private final List<FrameDeadline> frames;
    private final DueRecheck recheck;
    private final Notice notice;

    /**
     * Checks a connection that was just opened.
     *
     * @param frames deadlines that are checked, too
     */
    PeriodicCheck(SessionParts parts, Intake intake, List<FrameDeadline> frames) {
        this.services = parts.services();
        this.limits = services.limits();
        this.state = parts.state();
        this.outbox = parts.outbox();
        this.pulse = parts.pulse();
        this.exit = parts.exit();
        this.nextCheck = parts.nextCheck();
        this.intake = intake;
        this.frames = frames;
        this.recheck = parts.recheck();
        this.notice = new Notice(services.nanoClock());
    }

    /** As {@link StompSession#giveNotice}. Any thread. */
    void giveNotice(Duration patience, Duration retryAfter) {
        state.loggedIn()
                .ifPresent(client -> client.conversation().subscriptions().holdBack());
        notice.give(patience, retryAfter);
        nextCheck.atOnce();
    }

    /** Whether {@link #run} is wanted now. */
    boolean isDue(long nowNanos) {
        return nextCheck.isDue(nowNanos);
    }

    /** Checks now and plans the next check. */
    void run(long nowNanos) {
        nextCheck.begin(nowNanos);
        if (exit.hasEnded()) {
            outbox.closeIfDue();
            exit.abandonUnsent();
        } else if (outbox.isClosed()) {
            leave();
        } else if (!outbox.checkStall()) {
            checkClient();
        }
        if (exit.hasEnded() || intake.isWaiting() || intake.isAwaiting() || notice.isGiven()) {
            nextCheck.atOnce();
        }
    }

    /**
     * The client is gone: carries out the frames that it has sent, except those that have to wait for the message
     * broker or for their turn (1.2 "RECEIPT": processing should continue if the client disconnects).
     */
    void leave() {
        exit.leave();
        if (intake.isWaiting()) {
            exit.close(CloseCause.CLIENT_GONE);
        }
    }

    private void checkClient() {
        notice.due(this::isNothingLeft).ifPresent(intake::stop);
        if (state.loggedIn().isEmpty()) {
            checkConnectTimeout();
        } else {
            checkClient(state.get());
            recheck.look();
        }
    }

    private boolean isNothingLeft() {
        return intake.isIdle()
                && state.loggedIn()
                        .map(client -> client.conversation().isSettled())
                        .orElse(true);
    }

    private void checkConnectTimeout() {
        Duration limit = limits.connectTimeout();
        if (exit.age().compareTo(limit) <= 0) {
            intake.tick();
        } else if (intake.hasFrame() || !intake.isIdle()) {
            exit.fail(
                    StompError.OVERLOADED,
                    "the login could not be checked in time, because too many clients log in at a time or because what"
                            + " knows the users is slow; connect again later");
        } else {
            exit.fail(
                    StompError.CONNECT_TIMEOUT,
                    "a CONNECT frame must come within " + limit.toMillis() + " ms (" + Setting.CONNECT_TIMEOUT.key()
                            + ")");
        }
    }

    private void checkClient(LoginState.LoggedIn client) {
        Instant now = services.wallClock().instant();
        if (client.login().caller().isExpired(now.minus(limits.tokenGrace()))) {
            exit.fail(
                    StompError.TOKEN_EXPIRED,
                    "the token or certificate of this connection has expired and was not renewed; connect again with"
                            + " another one");
        }
        checkFrames();
        pulse.tick().ifPresent(this::giveUp);
        pulse.plan(nextCheck);
        client.conversation()
                .transactions()
                .overdue()
                .ifPresent(reason -> exit.fail(StompError.LIMIT_EXCEEDED, reason));
        intake.tick();
    }

    private void giveUp(Pulse.Silence silence) {
        if (silence.replaced()) {
            services.metrics().counter(Meter.CONNECTIONS_REPLACED).increment();
        }
        exit.fail(StompError.HEART_BEAT_LOST, silence.reason());
    }

    /** A frame that comes while nothing is read is not late. */
    private void checkFrames() {
        if (!pulse.isListening() || !intake.isIdle()) {
            frames.forEach(FrameDeadline::restart);
        } else if (frames.stream().anyMatch(FrameDeadline::isOverdue)) {
            exit.fail(
                    StompError.FRAME_TIMEOUT,
                    "a frame has begun and was not whole after "
                            + limits.frameTimeout().toMillis() + " ms and a second more for each KiB of it ("
                            + Setting.FRAME_TIMEOUT.key() + ")");
        }
    }
}
