package io.stompline.http;

import io.stompline.session.outbox.Wire;
import io.stompline.session.outbox.WireMessage;
import io.stompline.session.protocol.CloseStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Sends the frames of a session in batches, each as the answer to a poll. Thread-safe; calls nobody with its lock.
 *
 * <p>A batch is kept until a poll acknowledges it, so that a poll can be repeated. Only then the outbox goes on: its
 * limits hold as if the batches were written to a socket.
 */
final class PollWire implements Wire {
    /** How long a poll waits for a batch: less than proxies do, which often cut a line after 30 or 60 s. */
    static final Duration LONGEST_POLL = Duration.ofSeconds(25);

    /** How long the client may be without a poll. */
    static final Duration LONGEST_ABSENCE = Duration.ofSeconds(15);

    private static final byte[] NOTHING = {};
    private static final Consumer<Boolean> NOBODY = taken -> {};

    /** Takes the answer to one poll. */
    interface Poll {
        /**
         * Sends events.
         *
         * @param taken called once: whether they went out, as far as known
         */
        void answer(byte[] events, Consumer<Boolean> taken);

        /** How long it may wait for a batch. */
        default Duration longest() {
            return LONGEST_POLL;
        }
    }

    /** What became of a poll. */
    enum Outcome {
        /** It is or will be answered. */
        TAKEN,
        /** Another one waits. */
        BUSY,
        /** It acknowledges a batch that it cannot have, or asks for one that is gone. */
        UNKNOWN_BATCH
    }

    private final LongSupplier nanoClock;
    private final Supplier<Runnable> closing;
    private long batches;
    private byte[] kept = NOTHING;
    private Consumer<Boolean> done = NOBODY;
    private Optional<Poll> held = Optional.empty();
    private byte[] last = NOTHING;
    private long sinceNanos;

    /**
     * A wire before its first poll.
     *
     * @param closing notes that it is being closed; what it gives is run when it is closed
     */
    PollWire(LongSupplier nanoClock, Supplier<Runnable> closing) {
        this.nanoClock = nanoClock;
        this.closing = closing;
        this.sinceNanos = nanoClock.getAsLong();
    }

    @Override
    public void send(List<WireMessage> messages, Consumer<Boolean> whenDone) {
        byte[] events = Events.of(messages);
        Optional<Poll> waiting;
        synchronized (this) {
            batches++;
            kept = events;
            done = whenDone;
            waiting = release();
        }
        waiting.ifPresent(poll -> poll.answer(events, NOBODY));
    }

    /**
     * Takes the next poll.
     *
     * @param acknowledged number of the last batch that the client has, 0 for none
     */
    Outcome poll(long acknowledged, Poll poll) {
        Consumer<Boolean> acknowledgedBatch = NOBODY;
        byte[] answer;
        synchronized (this) {
            if (held.isPresent()) {
                return Outcome.BUSY;
            }
            boolean repeated = kept.length > 0 && acknowledged == batches - 1;
            if (!repeated && acknowledged != batches) {
                return Outcome.UNKNOWN_BATCH;
            }
            sinceNanos = nanoClock.getAsLong();
            if (repeated) {
                answer = kept;
            } else {
                acknowledgedBatch = done;
                done = NOBODY;
                kept = NOTHING;
                answer = last;
            }
            if (answer.length == 0) {
                held = Optional.of(poll);
            }
        }
        acknowledgedBatch.accept(true);
        if (answer.length > 0) {
            poll.answer(answer, NOBODY);
        }
        return Outcome.TAKEN;
    }

    /** The client that sent a poll has broken off: the poll waits no more. */
    void broken(Poll poll) {
        synchronized (this) {
            if (held.filter(poll::equals).isPresent()) {
                release();
            }
        }
    }

    /**
     * Answers a poll that has waited long enough. Called now and then.
     *
     * @return whether the client has been away for too long
     */
    boolean check() {
        Optional<Poll> waiting = Optional.empty();
        boolean away;
        synchronized (this) {
            long nanos = nanoClock.getAsLong() - sinceNanos;
            away = held.isEmpty() && nanos > LONGEST_ABSENCE.toNanos();
            if (held.isPresent() && nanos >= held.get().longest().toNanos()) {
                waiting = release();
            }
        }
        waiting.ifPresent(poll -> poll.answer(NOTHING, NOBODY));
        return away;
    }

    /** Answers the poll that waits with nothing: the next one is the sign of life. */
    @Override
    public void ping() {
        Optional<Poll> waiting;
        synchronized (this) {
            waiting = release();
        }
        waiting.ifPresent(poll -> poll.answer(NOTHING, NOBODY));
    }

    /** Once the kept batch is acknowledged, each poll gets the end. */
    @Override
    public void close(CloseStatus status, String reason) {
        Runnable closed = closing.get();
        Optional<Poll> waiting;
        byte[] end = Events.close(status, reason);
        synchronized (this) {
            last = end;
            waiting = release();
        }
        waiting.ifPresentOrElse(poll -> poll.answer(end, taken -> closed.run()), closed);
    }

    private Optional<Poll> release() {
        Optional<Poll> waiting = held;
        held = Optional.empty();
        sinceNanos = waiting.isPresent() ? nanoClock.getAsLong() : sinceNanos;
        return waiting;
    }
}
