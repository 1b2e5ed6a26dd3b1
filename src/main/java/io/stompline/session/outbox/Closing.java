package io.stompline.session.outbox;

import io.stompline.session.protocol.CloseStatus;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The end of one {@link Outbox}: how and when its transport is closed after the last frames.
 *
 * <p>A part of the outbox: callers hold its monitor, but for {@link #close()} and {@link #abort()}, which take it.
 */
final class Closing {
    /** How long the last frames may take to leave; then the transport is closed over them. */
    private static final long LAST_FRAMES_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Outbox outbox;
    private final Wire wire;
    private final LongSupplier nanoClock;

    private boolean begun;
    private CloseStatus status = CloseStatus.NORMAL;
    private String reason = "";
    private long sinceNanos;
    private long lingerNanos;
    private boolean closed;

    Closing(Outbox outbox, Wire wire, LongSupplier nanoClock) {
        this.outbox = outbox;
        this.wire = wire;
        this.nanoClock = nanoClock;
    }

    /** No frame is taken from now on but those that are queued. */
    void begin(CloseStatus closeStatus, String closeReason, Duration linger) {
        begun = true;
        status = closeStatus;
        reason = closeReason;
        sinceNanos = nanoClock.getAsLong();
        lingerNanos = linger.toNanos();
    }

    boolean hasBegun() {
        return begun;
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * Whether the transport is closed as soon as the last frame has left; {@link Outbox#closeIfDue} is not waited for.
     */
    boolean isImmediate() {
        return begun && lingerNanos == 0;
    }

    /**
     * Whether the time has come to close the transport.
     *
     * @param through whether every frame has left
     */
    boolean isDue(boolean through) {
        return begun && !closed && nanoClock.getAsLong() - sinceNanos >= (through ? lingerNanos : LAST_FRAMES_NANOS);
    }

    /** Closes the transport as {@link #begin} said; drops waiting frames. Idempotent. */
    void close() {
        close(status, reason);
    }

    /** Closes a transport that no longer takes anything, whatever {@link #begin} said. Idempotent. */
    void abort() {
        close(CloseStatus.INTERNAL_ERROR, "cannot be sent to");
    }

    private void close(CloseStatus with, String because) {
        synchronized (outbox) {
            if (closed) {
                return;
            }
            closed = true;
            begun = true;
            outbox.clear();
        }
        wire.close(with, because);
    }
}
