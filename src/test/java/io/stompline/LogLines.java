package io.stompline;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What one class writes into the log until this is closed. Thread-safe. */
public final class LogLines extends Handler implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final Logger logger;

    /** Listens from now on. */
    public LogLines(Class<?> writer) {
        logger = Logger.getLogger(writer.getName());
        logger.addHandler(this);
    }

    /** The lines so far, without level and time. */
    public List<String> all() {
        return lines;
    }

    /** Those of them that are warnings or worse. */
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public void publish(LogRecord line) {
        String text = new SimpleFormatter().formatMessage(line);
        lines.add(text);
        if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
            warnings.add(text);
        }
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
