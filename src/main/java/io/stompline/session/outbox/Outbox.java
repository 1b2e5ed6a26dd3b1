package io.stompline.session.outbox;

import io.stompline.frame.EncodedFrame;
import io.stompline.metrics.Counter;
import io.stompline.metrics.Metrics;
import io.stompline.session.protocol.CloseStatus;
import io.stompline.session.protocol.SessionLimits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What waits to be sent on one connection, within a bound.
 *
 * <p>One message of the transport is under way at a time; what waits meanwhile goes out together with the next. Thread-safe;
 * nothing here waits for the socket but {@link #awaitRoom}.
 */
public final class Outbox {
    private static final Runnable NOTHING = () -> {};

    /** Room for RECEIPT and ERROR above the limit, so that they are never dropped. */
    private static final int CONTROL_BYTES = 64 * 1024;

    /** How much longer a last frame may take to leave before the socket is closed over it. */
    private static final long FINISH_NANOS = TimeUnit.SECONDS.toNanos(5);

    private record Waiting(EncodedFrame frame, Runnable written) {}

    private record Ending(CloseStatus status, String reason, long sinceNanos, long lingerNanos) {}

    /** The socket does not take anything any more. */
    private static final Ending BROKEN = new Ending(CloseStatus.INTERNAL_ERROR, "cannot be sent to", 0, 0);

    private final Wire wire;
    private final Executor writer;
    private final OutboxBudget budget;
    private final SessionLimits.OutboxLimits limits;
    private final Counter framesSent;
    private final Counter bytesSent;
    private final LongSupplier nanoClock;

    private final Queue<Waiting> queue = new ArrayDeque<>();
    private long bytes;
    private boolean scheduled;
    private boolean sending;
    private long sendingSinceNanos;
    private Ending ending;
    private boolean closed;
    private Thread drainer;
    private volatile boolean textual = true;
    private volatile long lastSentNanos;

    public Outbox(
            Wire wire,
            Executor writer,
            OutboxBudget budget,
            SessionLimits.OutboxLimits limits,
            Metrics metrics,
            LongSupplier nanoClock) {
        this.wire = wire;
        this.writer = writer;
        this.budget = budget;
        this.limits = limits;
        this.framesSent = metrics.counter("frames_sent");
        this.bytesSent = metrics.counter("bytes_sent");
        this.nanoClock = nanoClock;
        this.lastSentNanos = nanoClock.getAsLong();
    }

    /** Sends everything as binary messages from now on: the client speaks binary. */
    public void useBinary() {
        textual = false;
    }

    /**
     * Queues a frame.
     *
     * @return {@code false} if it would pass the limit; a connection that is ending takes everything and sends nothing
     */
    public boolean offer(EncodedFrame frame) {
        return offer(frame, NOTHING);
    }

    /**
     * Queues a frame.
     *
     * @param written called when the socket took it; never if the connection ends before
     * @return as {@link #offer(EncodedFrame)}
     */
    public boolean offer(EncodedFrame frame, Runnable written) {
        boolean scheduledNow;
        synchronized (this) {
            if (ending != null) {
                return true;
            }
            if (!hasRoom(frame.size())) {
                return false;
            }
            scheduledNow = add(frame, written);
        }
        wakeWriter(scheduledNow);
        return true;
    }

    /**
     * Queues a RECEIPT or the like, which may pass the limit a little.
     *
     * @return whether it was taken; if not, the client has not read its receipts for long
     */
    public boolean offerControl(EncodedFrame frame) {
        boolean scheduledNow;
        synchronized (this) {
            if (ending != null) {
                return true;
            }
            if (bytes + frame.size() > limits.maxBytes() + CONTROL_BYTES) {
                return false;
            }
            scheduledNow = add(frame, NOTHING);
        }
        wakeWriter(scheduledNow);
        return true;
    }

    /** Queues a heart-beat unless something else waits that will do as well. */
    public void offerHeartBeat() {
        boolean scheduledNow = false;
        synchronized (this) {
            if (queue.isEmpty() && !sending && ending == null) {
                scheduledNow = add(EncodedFrame.HEART_BEAT, NOTHING);
            }
        }
        wakeWriter(scheduledNow);
    }

    /**
     * Sends a last frame, if any, after what waits (or instead of it), and closes the socket. Idempotent.
     *
     * @param last frames to send before the close
     * @param discard whether what waits is dropped: the client would not read it
     * @param linger how long the client may take to close the socket itself before {@link #closeIfDue} does
     */
    public void finish(List<EncodedFrame> last, boolean discard, CloseStatus status, String reason, Duration linger) {
        boolean scheduledNow;
        synchronized (this) {
            if (ending != null) {
                return;
            }
            if (discard) {
                dropWaiting();
            }
            last.forEach(frame -> enter(frame, NOTHING));
            ending = new Ending(status, reason, nanoClock.getAsLong(), linger.toNanos());
            notifyAll();
            scheduledNow = schedule();
        }
        wakeWriter(scheduledNow);
    }

    /**
     * Waits until less than half of the limit is taken and a frame of that size would be.
     *
     * @param wanted whether to go on waiting; asked again after {@link #wake()}
     * @return whether there is room and it is still wanted; {@code false} if the connection is ending
     */
    public synchronized boolean awaitRoom(int size, BooleanSupplier wanted) throws InterruptedException {
        while (ending == null && wanted.getAsBoolean() && (bytes > limits.maxBytes() / 2 || !hasRoom(size))) {
            wait();
        }
        return ending == null && wanted.getAsBoolean();
    }

    /** Lets those who wait for room look whether they still want it. */
    public synchronized void wake() {
        notifyAll();
    }

    /** Whether one message waits for the socket longer than allowed. */
    public synchronized boolean isStalled() {
        return sending
                && nanoClock.getAsLong() - sendingSinceNanos
                        > limits.stallTimeout().toNanos();
    }

    /** Closes the socket if its time has come or a last frame does not leave. Called now and then after {@link #finish}. */
    public void closeIfDue() {
        Ending due;
        synchronized (this) {
            due = ending;
            if (due == null || closed) {
                return;
            }
            long waited = nanoClock.getAsLong() - due.sinceNanos();
            boolean through = queue.isEmpty() && !sending;
            if (waited < (through ? due.lingerNanos() : FINISH_NANOS)) {
                return;
            }
        }
        closeWire(due);
    }

    /** When the socket last took something, by the nano clock. */
    public long lastSentNanos() {
        return lastSentNanos;
    }

    /** Whether the socket is closed. */
    public synchronized boolean isClosed() {
        return closed;
    }

    private boolean hasRoom(int size) {
        return (bytes == 0 || bytes + size <= limits.maxBytes()) && budget.allows(bytes);
    }

    /** Queues a frame; whether the caller has to wake the writer. */
    private boolean add(EncodedFrame frame, Runnable written) {
        enter(frame, written);
        return schedule();
    }

    private void enter(EncodedFrame frame, Runnable written) {
        queue.add(new Waiting(frame, written));
        count(frame.size());
    }

    private void count(long delta) {
        bytes += delta;
        budget.add(delta);
    }

    /** Whether the caller has to wake the writer: nobody has and it is not at it. */
    private boolean schedule() {
        if (scheduled || sending || closed) {
            return false;
        }
        scheduled = true;
        return true;
    }

    /** Outside the lock, which is the first thing that the writer needs. */
    private void wakeWriter(boolean scheduledNow) {
        if (scheduledNow) {
            writer.execute(this::drain);
        }
    }

    /** On the writer's thread only: sends until the socket makes us wait or nothing is left. */
    private void drain() {
        while (true) {
            Batch batch;
            Ending end;
            synchronized (this) {
                scheduled = false;
                drainer = null;
                if (sending || closed) {
                    return;
                }
                batch = nextBatch();
                end = ending;
                if (!batch.isEmpty()) {
                    sending = true;
                    sendingSinceNanos = nanoClock.getAsLong();
                    drainer = Thread.currentThread();
                }
            }
            if (batch.isEmpty()) {
                if (end != null && end.lingerNanos() == 0) {
                    closeWire(end);
                }
                return;
            }
            wire.send(batch.toBytes(), batch.text, taken -> sent(batch, taken));
        }
    }

    /** Takes what fits into one message of the transport: at least one frame, all of one kind. */
    private Batch nextBatch() {
        Batch batch = new Batch();
        for (Waiting next = queue.peek(); next != null && batch.accepts(next); next = queue.peek()) {
            batch.add(queue.remove());
        }
        return batch;
    }

    /** The socket took a batch, or will never. Called on any thread, perhaps inside {@link #drain}. */
    private void sent(Batch batch, boolean taken) {
        boolean scheduledNow = false;
        synchronized (this) {
            if (closed) {
                return;
            }
            sending = false;
            count(-batch.size);
            lastSentNanos = nanoClock.getAsLong();
            notifyAll();
            // Inside drain() its loop goes on by itself.
            if (taken && Thread.currentThread() != drainer && (!queue.isEmpty() || ending != null)) {
                scheduledNow = schedule();
            }
        }
        wakeWriter(scheduledNow);
        if (taken) {
            framesSent.add(batch.frames.size());
            bytesSent.add(batch.size);
            batch.frames.forEach(waiting -> waiting.written().run());
        } else {
            closeWire(BROKEN);
        }
    }

    private void dropWaiting() {
        queue.forEach(waiting -> count(-waiting.frame().size()));
        queue.clear();
    }

    private void closeWire(Ending end) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            queue.clear();
            count(-bytes);
            if (ending == null) {
                ending = end;
            }
            notifyAll();
        }
        wire.close(end.status(), end.reason());
    }

    /** Frames that go out as one message of the transport. */
    private final class Batch {
        private final List<Waiting> frames = new ArrayList<>();
        private int size;
        private boolean text;

        boolean accepts(Waiting next) {
            boolean nextText = textual && next.frame().isText();
            if (frames.isEmpty()) {
                text = nextText;
                return true;
            }
            return nextText == text && size + next.frame().size() <= limits.maxMessageBytes();
        }

        void add(Waiting next) {
            frames.add(next);
            size += next.frame().size();
        }

        boolean isEmpty() {
            return frames.isEmpty();
        }

        byte[] toBytes() {
            byte[] message = new byte[size];
            int offset = 0;
            for (Waiting waiting : frames) {
                offset = waiting.frame().copyInto(message, offset);
            }
            return message;
        }
    }
}
