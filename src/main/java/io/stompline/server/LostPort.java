package io.stompline.server;

import java.net.BindException;
import java.util.List;
import java.util.Optional;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Notices that another process took the port between {@link HttpPort}'s check and the boot, and keeps out of the log
 * what Payara (seen in 6.2025.10) says of it: 60 lines of stack traces without the number of the port. Thread-safe.
 */
final class LostPort implements Filter {
    /** Those that tell of a boot that failed. Kept, since nobody else does before they are used. */
    private final List<Logger> loggers = Stream.of(
                    "javax.enterprise.system.core", "fish.payara.micro.PayaraMicro", "PayaraMicro")
            .map(Logger::getLogger)
            .toList();

    private volatile Optional<String> cause = Optional.empty();

    private LostPort() {}

    /** Looks at the log from now on. */
    static LostPort watch() {
        LostPort watching = new LostPort();
        watching.loggers.forEach(logger -> logger.setFilter(watching));
        return watching;
    }

    @Override
    public boolean isLoggable(LogRecord line) {
        if (line.getThrown() instanceof BindException taken) {
            cause = Optional.of(taken.getMessage());
        }
        return cause.isEmpty();
    }

    /** After the boot: why the port could not be had; empty if it could, and then the log is as it was. */
    Optional<String> cause() {
        if (cause.isEmpty()) {
            loggers.forEach(logger -> logger.setFilter(null));
        }
        return cause;
    }
}
