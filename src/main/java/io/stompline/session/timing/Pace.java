package io.stompline.session.timing;

import io.stompline.bounds.TokenBucket;
import io.stompline.frame.Command;
import io.stompline.frame.Frame;
import io.stompline.security.quota.SendRate;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * When a frame has its turn: within the rate of its connection and, for a SEND, within the rate of its user. On the
 * lane only, but for {@link #isOpen}.
 */
public final class Pace {
    private final TokenBucket frames;
    private final Supplier<Optional<SendRate>> ofUser;

    /**
     * For one connection.
     *
     * @param ofUser the rate of its user; empty before the login
     */
    public Pace(int framesPerSecond, Supplier<Optional<SendRate>> ofUser, LongSupplier nanoClock) {
        this.frames = new TokenBucket(framesPerSecond, nanoClock);
        this.ofUser = ofUser;
    }

    /** Takes the turn of a frame if it has come. */
    public boolean tryTake(Frame frame) {
        return frames.isOpen() && tryTakeOfUser(frame) && frames.tryTake();
    }

    /** Whether the turn of a frame has come. Any thread. */
    public boolean isOpen(Frame frame) {
        return frames.isOpen()
                && (frame.command() != Command.SEND
                        || ofUser.get().map(SendRate::isOpen).orElse(true));
    }

    private boolean tryTakeOfUser(Frame frame) {
        return frame.command() != Command.SEND
                || ofUser.get().map(rate -> rate.tryTake(frame.body().size())).orElse(true);
    }
}
