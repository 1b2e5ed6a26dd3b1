package io.stompline;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The log of a class, in which nothing can be written. */
public final class BrokenLog extends Handler implements AutoCloseable {
    private final Logger logger;
    private final AtomicInteger tries = new AtomicInteger();

    /** Fails from now on until it is closed. */
    public BrokenLog(Class<?> type) {
        logger = Logger.getLogger(type.getName());
        logger.addHandler(this);
    }

    /** How many lines somebody tried to write. */
    public int tries() {
        return tries.get();
    }

    @Override
    public void publish(LogRecord line) {
        tries.incrementAndGet();
        throw new IllegalStateException("no log");
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
