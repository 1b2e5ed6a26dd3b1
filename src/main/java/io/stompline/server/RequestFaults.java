package io.stompline.server;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes one line a minute, without a stack trace, of what Payara logs about requests that it cannot read.
 *
 * <p>Anybody who reaches the port can send such requests, and Payara (seen in 6.2025.10) writes some 30 lines for each.
 * Of each kind, which is a logger with a class of exceptions, the first is told, and later ones with their number. A
 * line about a fault of the server or of an application passes as it is. Thread-safe; public for the log, whose
 * settings name it (logging.properties).
 */
public final class RequestFaults implements Filter {
    private static final String CORE = "jakarta.enterprise.web.core";

    /** By this key Payara's web core says that it could not read a request; most others are of applications. */
    private static final String UNREADABLE = "AS-WEB-CORE-00037";

    private static final String SERVLETS = "jakarta.enterprise.web";
    private static final String GRIZZLY = "org.glassfish.grizzly";

    /** Since Tyrus 2.2, of Payara 7, for each client that is gone. */
    private static final String TYRUS = "org.glassfish.tyrus.servlet.TyrusServletWriter";

    /** A client that has gone, as a servlet sees it; the stack trace is part of the message. */
    private static final Pattern CLOSED =
            Pattern.compile("\\Rjava\\.io\\.IOException: ([^\\r\\n]*)\\R\\s+at org\\.glassfish\\.grizzly\\.");

    /** A request for a WebSocket at a path that is no URI: Tyrus (seen in 2.1.5) looks at those of all paths. */
    private static final Pattern NO_URI = Pattern.compile("\\Rjava\\.lang\\.IllegalArgumentException: ([^\\r\\n]*)\\R"
            + "\\s+at java\\.base/java\\.net\\.URI\\.create[^\\r\\n]*\\R\\s+at org\\.glassfish\\.tyrus\\.");

    private static final long REPEAT_NANOS = Duration.ofMinutes(1).toNanos();

    /** Of what the server says of the request, which has words of the client in it. */
    private static final int MAX_CHARS = 200;

    private final LongSupplier nanoClock;
    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

    /** Made by the log. */
    public RequestFaults() {
        this(System::nanoTime);
    }

    RequestFaults(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /**
     * The fault of a request that a line of the log reports.
     *
     * @param text what is wrong, as the server says it
     */
    private record Fault(String kind, String text) {}

    /** One kind of faults. */
    private static final class Kind {
        private long toldNanos;
        private int untold;

        Kind(long nowNanos) {
            toldNanos = nowNanos - REPEAT_NANOS;
        }

        /** How many were not told since the last one, if one is to be told now; else -1. */
        synchronized int tell(long nowNanos) {
            if (nowNanos - toldNanos < REPEAT_NANOS) {
                untold++;
                return -1;
            }
            toldNanos = nowNanos;
            int number = untold;
            untold = 0;
            return number;
        }
    }

    @Override
    public boolean isLoggable(LogRecord line) {
        return faultOf(line).map(fault -> tell(line, fault)).orElse(true);
    }

    private boolean tell(LogRecord line, Fault fault) {
        long now = nanoClock.getAsLong();
        int untold = kinds.computeIfAbsent(line.getLoggerName() + ' ' + fault.kind(), unused -> new Kind(now))
                .tell(now);
        if (untold < 0) {
            return false;
        }
        line.setMessage(code(line) + "a request cannot be read or answered: " + inOneLine(fault.text())
                + (untold > 0 ? "; " + untold + " more of its kind before" : "") + "; told once a minute");
        line.setParameters(null);
        line.setResourceBundle(null);
        line.setThrown(null);
        return true;
    }

    private static Optional<Fault> faultOf(LogRecord line) {
        String logger = String.valueOf(line.getLoggerName());
        if (logger.equals(SERVLETS)) {
            String message = String.valueOf(line.getMessage());
            return fault("closed", CLOSED, message).or(() -> fault("no URI", NO_URI, message));
        }
        return Optional.ofNullable(line.getThrown())
                .filter(thrown -> isOfRequests(logger, line) ? isOfARequest(thrown) : isOfAClosed(logger, thrown))
                .map(thrown -> new Fault(
                        thrown.getClass().getName(),
                        Optional.ofNullable(thrown.getMessage()).orElse("no more is known")));
    }

    private static Optional<Fault> fault(String kind, Pattern pattern, String message) {
        Matcher found = pattern.matcher(message);
        return found.find() ? Optional.of(new Fault(kind, found.group(1))) : Optional.empty();
    }

    private static boolean isOfRequests(String logger, LogRecord line) {
        return logger.startsWith(GRIZZLY)
                || logger.equals(TYRUS)
                || (logger.equals(CORE) && UNREADABLE.equals(line.getMessage()));
    }

    /**
     * A client that has gone, once more: what it sent before is still carried out, and so is the page for an error.
     * That may be thousands of requests of one socket.
     */
    private static boolean isOfAClosed(String logger, Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return logger.equals(CORE)
                && thrown instanceof IOException
                && trace.length > 0
                && trace[0].getClassName().startsWith(GRIZZLY);
    }

    private static boolean isOfARequest(Throwable thrown) {
        return thrown instanceof IOException
                || thrown instanceof IllegalArgumentException
                || thrown instanceof IllegalStateException
                || thrown.getClass().equals(Exception.class)
                || thrown.getClass().getName().startsWith(GRIZZLY);
    }

    /** The key that the server gives it, such as GRIZZLY0013. */
    private static String code(LogRecord line) {
        String message = String.valueOf(line.getMessage());
        int colon = message.indexOf(": ");
        String first = message.substring(0, Math.max(0, colon));
        return first.matches("\\p{Upper}+\\d+") ? first + ": " : "";
    }

    private static String inOneLine(String text) {
        return text.substring(0, Math.min(text.length(), MAX_CHARS)).replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }
}
