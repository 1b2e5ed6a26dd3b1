package io.stompline.session.outbox;

import io.stompline.config.Setting;
import io.stompline.frame.Deflation;
import io.stompline.frame.EncodedFrame;
import io.stompline.metrics.Metrics;
import io.stompline.session.protocol.CloseStatus;
import io.stompline.session.protocol.OverflowPolicy;
import io.stompline.session.protocol.SessionLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The bounded queue of frames that wait to be sent on one connection.
 *
 * <p>Thread-safe; no method waits for the transport but {@link #awaitRoom}. {@link Room}, {@link Sender} and {@link
 * Closing} are its parts; the monitor of this object guards all of them.
 */
public final class Outbox {
    private static final Runnable NOTHING = () -> {};

    private final SessionLimits.OutboxLimits limits;
    private final OverflowListener listener;
    private final Closing closing;
    private final Sender sender;

    private final WaitingFrames queue = new WaitingFrames();
    private final Room room;
    private final Displacement displacement;
    private final Deflation deflation;

    private List<Runnable> waitingForRoom = new ArrayList<>(0);
    private List<Runnable> waitingForAllRoom = new ArrayList<>(0);

    /**
     * An empty outbox.
     *
     * @param wire the transport that frames are sent on
     * @param writer runs the sends; always the same thread for one connection
     * @param budget what all connections of the node share
     * @param listener ends the connection when a limit is passed
     * @param nanoClock measures stalls and lingering, in nanoseconds
     */
    public Outbox(
            Wire wire,
            Executor writer,
            OutboxBudget budget,
            SessionLimits.OutboxLimits limits,
            OverflowListener listener,
            Metrics metrics,
            LongSupplier nanoClock) {
        this.limits = limits;
        this.listener = listener;
        this.room = new Room(budget, limits, queue);
        this.displacement = new Displacement(room, queue, metrics);
        this.deflation = wire.deflation();
        this.closing = new Closing(this, wire, nanoClock);
        this.sender = new Sender(this, queue, closing, wire, writer, limits, metrics, nanoClock);
    }

    /** How frames may be deflated for the client; does not change. */
    public Deflation deflation() {
        return deflation;
    }

    /** Sends everything as binary messages from now on: the client speaks binary. */
    public void useBinary() {
        sender.useBinary();
    }

    /**
     * Queues a frame.
     *
     * @param policy what happens if it passes a limit
     */
    public Offer offer(EncodedFrame frame, OverflowPolicy policy) {
        return offer(frame, policy, NOTHING);
    }

    /**
     * Queues a frame.
     *
     * @param policy what happens if it passes a limit
     * @param written called when the transport took it, on any thread; never if the connection ends before
     */
    public Offer offer(EncodedFrame frame, OverflowPolicy policy, Runnable written) {
        boolean scheduledNow = false;
        String passed = "";
        synchronized (this) {
            if (closing.hasBegun()) {
                return Offer.ENDING;
            }
            displacement.makeRoom(frame.size());
            if (room.has(frame.size())) {
                scheduledNow = add(new Waiting(frame, written));
            } else {
                passed = room.passedLimit(frame.size());
            }
        }
        return answer(scheduledNow, passed, policy);
    }

    /**
     * Queues a message of a subscription that may lose messages: if it passes a limit, others of them are dropped. If
     * that does not help the connection ends.
     */
    public Offer offer(Backlog backlog, Backlog.Offered message) {
        boolean scheduledNow = false;
        String passed = "";
        synchronized (this) {
            if (closing.hasBegun()) {
                return Offer.ENDING;
            }
            if (displacement.takesPlaceOfOlder(backlog, message)) {
                return Offer.TAKEN;
            }
            int size = message.frame().size();
            displacement.makeRoom(backlog, size);
            if (room.has(size)) {
                scheduledNow = add(backlog.enter(message));
            } else {
                passed = room.passedLimit(size);
            }
        }
        return answer(scheduledNow, passed, OverflowPolicy.CLOSE);
    }

    /** Messages of a subscription may be missing before the next one, nobody knows how many. */
    public synchronized void noteGap(Backlog backlog) {
        backlog.noteGap();
    }

    /** A message of a subscription was dropped before it came here. */
    public synchronized void noteDropped(Backlog backlog) {
        displacement.noteDropped(backlog);
    }

    /**
     * Queues a RECEIPT or the like, which may pass the limit by 64 KiB; a client that does not read even these is
     * closed.
     */
    public Offer offerControl(EncodedFrame frame) {
        boolean scheduledNow = false;
        String passed = "";
        synchronized (this) {
            if (closing.hasBegun()) {
                return Offer.ENDING;
            }
            if (room.hasForControl(frame.size())) {
                scheduledNow = add(new Waiting(frame, NOTHING));
            } else {
                passed = room.passedControlLimit();
            }
        }
        return answer(scheduledNow, passed, OverflowPolicy.CLOSE);
    }

    /** Queues a heart-beat unless other bytes wait, which serve as one. */
    public void offerHeartBeat() {
        boolean scheduledNow = false;
        synchronized (this) {
            if (queue.isEmpty() && sender.isIdle() && !closing.hasBegun()) {
                scheduledNow = add(new Waiting(EncodedFrame.HEART_BEAT, NOTHING));
            }
        }
        sender.wake(scheduledNow);
    }

    /**
     * Sends last frames, if any, after the waiting ones (or instead of them), and closes the transport. Only the first
     * call counts.
     *
     * @param last frames to send before the close, whatever their size
     * @param discard whether waiting frames are dropped: the client would not read them
     * @param linger how long the client may take to close the transport itself before {@link #closeIfDue} does
     */
    public void finish(List<EncodedFrame> last, boolean discard, CloseStatus status, String reason, Duration linger) {
        boolean scheduledNow;
        synchronized (this) {
            if (closing.hasBegun()) {
                return;
            }
            if (discard) {
                dropWaiting();
            }
            last.forEach(frame -> enter(new Waiting(frame, NOTHING)));
            closing.begin(status, reason, linger);
            notifyAll();
            scheduledNow = sender.schedule();
        }
        sender.wake(scheduledNow);
    }

    /**
     * Waits until less than half of the limit is taken and a frame of that size would be.
     *
     * @param size octets of the frame
     * @param wanted whether to go on waiting; asked again after {@link #wake()}
     * @return whether there is room and it is still wanted; {@code false} if the connection is ending
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    public synchronized boolean awaitRoom(int size, BooleanSupplier wanted) throws InterruptedException {
        while (!closing.hasBegun() && wanted.getAsBoolean() && !room.fitsWellIfDropped(size)) {
            wait();
        }
        return !closing.hasBegun() && wanted.getAsBoolean();
    }

    /** Whether three quarters of the limit are free, so that many messages at once find room; or the end has begun. */
    public synchronized boolean hasMuchRoom() {
        return closing.hasBegun() || room.hasMuch();
    }

    /**
     * Runs a task once when {@link #hasMuchRoom}: now, or when the transport has taken enough, on its thread. Never if
     * the connection ends before.
     */
    public void whenMuchRoom(Runnable task) {
        synchronized (this) {
            if (!hasMuchRoom()) {
                waitingForRoom.add(task);
                return;
            }
        }
        task.run();
    }

    /**
     * Runs a task once when nothing is left that may not be dropped, so that a frame of any size has room: now, or when
     * the transport has taken enough, on its thread. Never if the connection ends before.
     */
    public void whenAllRoom(Runnable task) {
        synchronized (this) {
            if (room.undroppable() > 0) {
                waitingForAllRoom.add(task);
                return;
            }
        }
        task.run();
    }

    /** Makes every thread in {@link #awaitRoom} check again whether its frame is wanted. */
    public synchronized void wake() {
        notifyAll();
    }

    /**
     * Calls {@link OverflowListener} if the transport has taken longer than the stall timeout for one message, unless
     * the client may miss all that waits: then messages are dropped until it reads on, and whether it is still there
     * is for others to find out. Called now and then.
     *
     * @return whether it has
     */
    public boolean checkStall() {
        Duration limit = limits.stallTimeout();
        boolean stalled;
        synchronized (this) {
            stalled = sender.waitingNanos() > limit.toNanos() && room.undroppable() > sender.missableBytes();
        }
        if (stalled) {
            listener.overflowed("a message waited longer than " + limit.toMillis() + " ms for the client to read it ("
                    + Setting.OUTBOX_STALL_TIMEOUT.key() + ")");
        }
        return stalled;
    }

    /**
     * Closes the transport if its time has come or the last frames do not leave. Called now and then after {@link
     * #finish}.
     */
    public void closeIfDue() {
        boolean due;
        synchronized (this) {
            due = closing.isDue(queue.isEmpty() && sender.isIdle());
        }
        if (due) {
            closing.close();
        }
    }

    /** Whether the transport has not yet taken what it was given last. */
    public synchronized boolean isSending() {
        return !sender.isIdle();
    }

    /** When the transport last took something, by the nano clock. */
    public long lastSentNanos() {
        return sender.lastSentNanos();
    }

    /** When the transport was last seen to be read on after it had been full, by the nano clock. */
    public long lastReadOnNanos() {
        return sender.lastReadOnNanos();
    }

    /** Whether the transport is closed. */
    public synchronized boolean isClosed() {
        return closing.isClosed();
    }

    /**
     * Gives back the room of the frames that the transport took. With the monitor.
     *
     * @return what was waiting for room that is there now, to be run without the monitor
     */
    List<Runnable> release(Batch batch) {
        room.count(-batch.size());
        notifyAll();
        List<Runnable> waited = new ArrayList<>(0);
        if (!waitingForRoom.isEmpty() && hasMuchRoom()) {
            waited = waitingForRoom;
            waitingForRoom = new ArrayList<>(0);
        }
        if (!waitingForAllRoom.isEmpty() && room.undroppable() == 0) {
            waited.addAll(waitingForAllRoom);
            waitingForAllRoom = new ArrayList<>(0);
        }
        return waited;
    }

    /** Whether frames wait, or the transport is to be closed when none does. With the monitor. */
    boolean hasWork() {
        return !queue.isEmpty() || closing.hasBegun();
    }

    /** Drops all frames, also those under way. With the monitor. */
    void clear() {
        queue.clear();
        room.clear();
        notifyAll();
    }

    /** Queues a frame; whether the caller has to wake the writer. */
    private boolean add(Waiting waiting) {
        enter(waiting);
        return sender.schedule();
    }

    private void enter(Waiting waiting) {
        queue.add(waiting);
        room.count(waiting.frame().size());
    }

    private void dropWaiting() {
        while (!queue.isEmpty()) {
            room.count(-queue.first().frame().size());
            queue.remove(queue.first());
        }
    }

    /**
     * Without the monitor: wakes the writer for a frame that was taken, or carries out the policy for one that was not.
     */
    private Offer answer(boolean scheduledNow, String passedLimit, OverflowPolicy policy) {
        if (passedLimit.isEmpty()) {
            sender.wake(scheduledNow);
            return Offer.TAKEN;
        }
        // With WAIT the caller waits.
        if (policy.equals(OverflowPolicy.CLOSE)) {
            listener.overflowed(passedLimit);
        }
        return Offer.FULL;
    }
}
