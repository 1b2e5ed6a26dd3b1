package io.stompline.server;

import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The log on the console, also while the server stops: on SIGTERM {@code java.util.logging} (seen in Java 17) closes
 * and removes all handlers at once, beside what stops the applications. Then it shows what Stompline says, and faults
 * of others, because the levels of the settings are gone as well. Thread-safe; public for the log, whose settings name
 * it (logging.properties). What is said of a deployment that failed is shortened, see {@link FailedDeployment}.
 */
public final class StoppingConsole extends ConsoleHandler {
    private static final String OURS = "io.stompline";

    private volatile boolean stopping;

    /** Made by the log. */
    public StoppingConsole() {
        // Its settings have its name.
    }

    /** Stays, if the Java VM ends. */
    @Override
    public synchronized void close() {
        super.close();
        if (isEnding()) {
            stopping = true;
            Logger.getLogger("").addHandler(this);
        }
    }

    @Override
    public synchronized void publish(LogRecord entry) {
        if (FailedDeployment.shorten(entry)) {
            super.publish(entry);
        }
    }

    @Override
    public boolean isLoggable(LogRecord entry) {
        return super.isLoggable(entry) && (!stopping || mattersAtTheEnd(entry));
    }

    private static boolean mattersAtTheEnd(LogRecord entry) {
        String logger = String.valueOf(entry.getLoggerName());
        return logger.startsWith(OURS) || entry.getLevel().intValue() >= Level.SEVERE.intValue();
    }

    private static boolean isEnding() {
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }
}
