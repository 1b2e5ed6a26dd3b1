package io.stompline.jms.feed;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Refused messages of a topic that their subscription gets once more, each after its pause, on one thread that is there
 * while there are any: the listener may be busy or idle, and neither can be asked to do it. Thread-safe.
 */
final class Retries {
    private static final Duration LOOKS_WHETHER_OPEN = Duration.ofSeconds(1);

    private final ThreadFactory threads;
    private final Consumer<JmsDelivery> receiver;
    private final BooleanSupplier open;
    private final DelayQueue<Retry> waiting = new DelayQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong last = new AtomicLong();

    /**
     * No message was refused yet.
     *
     * @param receiver takes one at a time
     * @param open whether it still does; afterwards the messages are dropped
     */
    Retries(ThreadFactory threads, Consumer<JmsDelivery> receiver, BooleanSupplier open) {
        this.threads = threads;
        this.receiver = receiver;
        this.open = open;
    }

    /** Delivers it after that time; those that are due together come in the order in which they were refused. */
    void add(JmsDelivery delivery, Duration pause) {
        waiting.add(new Retry(delivery, System.nanoTime() + pause.toNanos(), last.incrementAndGet()));
        if (count.getAndIncrement() == 0) {
            threads.newThread(this::deliver).start();
        }
    }

    private void deliver() {
        try {
            do {
                next().ifPresent(next -> receiver.accept(next.delivery()));
            } while (count.decrementAndGet() > 0);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next that is due; empty after the end. */
    private Optional<Retry> next() throws InterruptedException {
        Retry next = null;
        while (next == null && open.getAsBoolean()) {
            next = waiting.poll(LOOKS_WHETHER_OPEN.toMillis(), TimeUnit.MILLISECONDS);
        }
        return Optional.ofNullable(next);
    }

    private record Retry(JmsDelivery delivery, long dueNanos, long number) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Retry that = (Retry) other;
            long later = dueNanos - that.dueNanos;
            return later == 0 ? Long.compare(number, that.number) : Long.signum(later);
        }
    }
}
