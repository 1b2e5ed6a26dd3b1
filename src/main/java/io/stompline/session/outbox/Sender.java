package io.stompline.session.outbox;

import io.stompline.metrics.Counter;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.session.protocol.SessionLimits;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Sends the frames of one {@link Outbox}: one write to the transport is under way at a time, and the frames that wait
 * meanwhile go out together in the next.
 *
 * <p>A part of the outbox: its fields are guarded by the outbox's monitor unless volatile. Holds the monitor neither
 * while it calls the transport nor while it calls back.
 */
final class Sender {
    private final Outbox outbox;
    private final WaitingFrames queue;
    private final Closing closing;
    private final Wire wire;
    private final Executor writer;
    private final SessionLimits.OutboxLimits limits;
    private final Counter framesSent;
    private final Counter bytesSent;
    private final LongSupplier nanoClock;

    private boolean scheduled;
    private boolean sending;
    private long sendingSinceNanos;
    private long missableBytes;
    private Thread drainer;
    private volatile boolean textual = true;
    private volatile long lastSentNanos;
    private volatile long lastReadOnNanos;

    Sender(
            Outbox outbox,
            WaitingFrames queue,
            Closing closing,
            Wire wire,
            Executor writer,
            SessionLimits.OutboxLimits limits,
            Metrics metrics,
            LongSupplier nanoClock) {
        this.outbox = outbox;
        this.queue = queue;
        this.closing = closing;
        this.wire = wire;
        this.writer = writer;
        this.limits = limits;
        this.framesSent = metrics.counter(Meter.FRAMES_SENT);
        this.bytesSent = metrics.counter(Meter.BYTES_SENT);
        this.nanoClock = nanoClock;
        this.lastSentNanos = nanoClock.getAsLong();
        this.lastReadOnNanos = lastSentNanos;
    }

    /** Sends everything as binary messages from now on. Any thread. */
    void useBinary() {
        textual = false;
    }

    /** When the transport last took something, by the nano clock. Any thread. */
    long lastSentNanos() {
        return lastSentNanos;
    }

    /**
     * When the transport last took something that it had not taken at once, by the nano clock: what was before it had
     * left the machine, so the other side had made room. Any thread.
     */
    long lastReadOnNanos() {
        return lastReadOnNanos;
    }

    /** Whether no message is under way. With the monitor. */
    boolean isIdle() {
        return !sending;
    }

    /** For how long the message under way waits for the transport; 0 if none is. With the monitor. */
    long waitingNanos() {
        return sending ? nanoClock.getAsLong() - sendingSinceNanos : 0;
    }

    /** Octets of the message under way that the client may miss. With the monitor. */
    long missableBytes() {
        return sending ? missableBytes : 0;
    }

    /** With the monitor; whether the caller has to {@link #wake} the writer: it is neither at work nor woken. */
    boolean schedule() {
        if (scheduled || sending || closing.isClosed()) {
            return false;
        }
        scheduled = true;
        return true;
    }

    /** Without the monitor, which is the first thing that the writer needs. */
    void wake(boolean scheduledNow) {
        if (scheduledNow) {
            writer.execute(this::drain);
        }
    }

    /** On the writer's thread only: sends until the transport keeps a message waiting or nothing is left. */
    private void drain() {
        while (true) {
            Batch batch;
            boolean finished;
            synchronized (outbox) {
                scheduled = false;
                drainer = null;
                if (sending || closing.isClosed()) {
                    return;
                }
                batch = Batch.from(queue, limits.maxWriteBytes());
                finished = batch.isEmpty() && closing.isImmediate();
                if (!batch.isEmpty()) {
                    sending = true;
                    missableBytes = batch.missableBytes();
                    sendingSinceNanos = nanoClock.getAsLong();
                    drainer = Thread.currentThread();
                }
            }
            if (finished) {
                closing.close();
            }
            if (batch.isEmpty()) {
                return;
            }
            wire.send(batch.messages(textual, limits.merged()), taken -> sent(batch, taken));
        }
    }

    /** The transport took a batch, or never will. Called on any thread, perhaps inside {@link #drain}. */
    private void sent(Batch batch, boolean taken) {
        boolean scheduledNow = false;
        List<Runnable> waitedForRoom;
        synchronized (outbox) {
            if (closing.isClosed()) {
                return;
            }
            sending = false;
            waitedForRoom = outbox.release(batch);
            lastSentNanos = nanoClock.getAsLong();
            // Inside drain() its loop goes on by itself.
            if (taken && Thread.currentThread() != drainer) {
                lastReadOnNanos = lastSentNanos;
                scheduledNow = outbox.hasWork() && schedule();
            }
        }
        if (taken) {
            framesSent.add(batch.count());
            bytesSent.add(batch.size());
            // Before the writer goes on, which may close the transport: what was not written then is given up.
            batch.written();
        }
        wake(scheduledNow);
        if (taken) {
            waitedForRoom.forEach(Runnable::run);
        } else {
            closing.abort();
        }
    }
}
