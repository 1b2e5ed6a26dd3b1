package io.stompline.deflate;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Lends things that hold native memory to threads, so that there are as many as threads use at a time, and not one for
 * each connection. Thread-safe.
 *
 * @param <T> a thing that one thread at a time uses
 */
final class Pool<T> implements AutoCloseable {
    /** Kept while nobody uses them; threads that write are as many as processors. */
    private static final int MAX_IDLE = 16;

    private final Supplier<T> maker;
    private final Consumer<T> ending;
    private final Deque<T> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger idleCount = new AtomicInteger();
    private volatile boolean closed;

    /**
     * An empty pool.
     *
     * @param ending gives back the native memory
     */
    Pool(Supplier<T> maker, Consumer<T> ending) {
        this.maker = maker;
        this.ending = ending;
    }

    /** What a thread does with one of them. */
    @FunctionalInterface
    interface Use<T, R, X extends Exception> {
        R apply(T thing) throws X;
    }

    /** Uses one of them, in whatever state its last user has left it. */
    <R, X extends Exception> R with(Use<T, R, X> use) throws X {
        T thing = take();
        try {
            return use.apply(thing);
        } finally {
            giveBack(thing);
        }
    }

    private T take() {
        T thing = idle.poll();
        if (thing == null) {
            return maker.get();
        }
        idleCount.decrementAndGet();
        return thing;
    }

    private void giveBack(T thing) {
        if (idleCount.incrementAndGet() > MAX_IDLE) {
            idleCount.decrementAndGet();
            ending.accept(thing);
            return;
        }
        idle.push(thing);
        if (closed) {
            endIdle();
        }
    }

    /** Ends all that are idle, and from now on each as soon as it is not used any more. */
    @Override
    public void close() {
        closed = true;
        endIdle();
    }

    private void endIdle() {
        for (T thing = idle.poll(); thing != null; thing = idle.poll()) {
            idleCount.decrementAndGet();
            ending.accept(thing);
        }
    }
}
