package io.stompline;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The log of a class, in which nothing can be written. */
public final class BrokenLog extends Handler implements AutoCloseable {
    private final Logger logger;
    private final AtomicInteger tries = new AtomicInteger();
    private final RuntimeException failure = new IllegalStateException("no log");

    /** Fails from now on until it is closed. */
    public BrokenLog(Class<?> type) {
        logger = Logger.getLogger(type.getName());
        logger.addHandler(this);
    }

    /** How many lines somebody tried to write. */
    public int tries() {
        return tries.get();
    }

    /** What everybody gets who writes. */
    public RuntimeException failure() {
        return failure;
    }

    @Override
    public void publish(LogRecord line) {
        tries.incrementAndGet();
        throw failure;
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
