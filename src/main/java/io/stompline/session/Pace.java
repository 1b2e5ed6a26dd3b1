package io.stompline.session;

import io.stompline.bounds.TokenBucket;
import io.stompline.frame.Command;
import io.stompline.frame.Frame;
import java.util.function.LongSupplier;

/**
 * When a frame has its turn: within the rate of its connection and, for a SEND, within the rate of its user. On the
 * lane only, but for {@link #isOpen}.
 */
final class Pace {
    private final TokenBucket frames;
    private final LoginState state;

    Pace(int framesPerSecond, LoginState state, LongSupplier nanoClock) {
        this.frames = new TokenBucket(framesPerSecond, nanoClock);
        this.state = state;
    }

    /** Takes the turn of a frame if it has come. */
    boolean tryTake(Frame frame) {
        return frames.isOpen() && tryTakeOfUser(frame) && frames.tryTake();
    }

    /** Whether the turn of a frame has come. Any thread. */
    boolean isOpen(Frame frame) {
        return frames.isOpen()
                && (frame.command() != Command.SEND
                        || state.loggedIn()
                                .map(client -> client.rate().isOpen())
                                .orElse(true));
    }

    private boolean tryTakeOfUser(Frame frame) {
        return frame.command() != Command.SEND
                || state.loggedIn()
                        .map(client -> client.rate().tryTake(frame.body().size()))
                        .orElse(true);
    }
}
