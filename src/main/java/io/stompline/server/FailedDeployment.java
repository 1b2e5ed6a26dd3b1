package io.stompline.server;

import java.util.Optional;
import java.util.Set;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes one line of what Payara (seen in 6.2025.10) logs about an application that it cannot deploy: it repeats the
 * reason, and for several reasons all their stack traces, which stand above it already. If Stompline itself refused to
 * start, the sentence says all there is to say, and the four stack traces above it are left out. Thread-safe.
 */
final class FailedDeployment {
    private static final Pattern LINE =
            Pattern.compile("(?s)Exception while loading the app(?: : (?:CDI deployment failure:)?(.*))?");

    /** Has a stack trace; the reason is the end of its message, behind the names of exceptions. */
    private static final String START_FAILED = "Exception during lifecycle processing";

    private static final Pattern BEHIND_EXCEPTIONS = Pattern.compile("(?s).*\\b[\\w.$]+(?:Exception|Error): (.+)");

    private static final String SEVERAL = "Exception List with ";
    private static final Pattern ONE_OF_SEVERAL = Pattern.compile("(?m)^[\\w.$]+(?:Exception|Error): (.+)$");
    private static final String AGAIN = " -- ";
    private static final int MAX_CHARS = 1000;

    /** What Stompline refuses wrong settings, files and beans with. */
    private static final Set<String> REFUSALS =
            Set.of("java.lang.IllegalArgumentException", "jakarta.enterprise.inject.spi.DeploymentException");

    private static final String OURS = "io.stompline.";

    private static volatile Optional<String> last = Optional.empty();

    /** What Stompline has refused to start with. */
    private static volatile Optional<String> refused = Optional.empty();

    /** Of a start that failed; the line that is shortened follows. */
    private static volatile Optional<String> ofStart = Optional.empty();

    private FailedDeployment() {}

    /**
     * Shortens such a line; leaves others as they are.
     *
     * @return whether it is to be shown
     */
    static boolean shorten(LogRecord line) {
        if (isOurs(line)) {
            return true;
        }
        Optional<String> refusal =
                causes(line).filter(FailedDeployment::isRefusal).findFirst().map(Throwable::getMessage);
        if (refusal.isPresent()) {
            refused = refusal;
        }
        return shortenLast(line) || refused.filter(said -> repeats(said, line)).isEmpty();
    }

    private static boolean isOurs(LogRecord line) {
        return String.valueOf(line.getLoggerName()).startsWith(OURS);
    }

    private static Stream<Throwable> causes(LogRecord line) {
        return Stream.iterate(line.getThrown(), cause -> cause != null, Throwable::getCause);
    }

    /** By its name, for it is of another class loader. */
    private static boolean isRefusal(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        return REFUSALS.contains(cause.getClass().getName())
                && trace.length > 0
                && trace[0].getClassName().startsWith(OURS);
    }

    private static boolean repeats(String refusal, LogRecord line) {
        return causes(line).anyMatch(cause -> String.valueOf(cause.getMessage()).contains(refusal));
    }

    /** Whether it is the last line. */
    private static boolean shortenLast(LogRecord line) {
        String said = String.valueOf(new SimpleFormatter().formatMessage(line));
        if (said.equals(START_FAILED) && line.getThrown() != null) {
            ofStart = Optional.ofNullable(line.getThrown().getMessage())
                    .map(BEHIND_EXCEPTIONS::matcher)
                    .filter(Matcher::matches)
                    .flatMap(found -> reason(found.group(1)));
        }
        Matcher found = LINE.matcher(said);
        boolean isLast = found.matches();
        if (isLast) {
            last = Optional.ofNullable(found.group(1))
                    .map(FailedDeployment::reason)
                    .orElse(ofStart);
            ofStart = Optional.empty();
            last.ifPresent(reason -> {
                line.setMessage("Not deployed: " + reason);
                line.setParameters(null);
                line.setResourceBundle(null);
            });
        }
        return isLast;
    }

    /** Why the last one could not be deployed; empty if that is not known. */
    static Optional<String> reason() {
        return last;
    }

    private static Optional<String> reason(String told) {
        String reason = told.startsWith(SEVERAL)
                ? ONE_OF_SEVERAL
                        .matcher(told)
                        .results()
                        .map(one -> one.group(1))
                        .distinct()
                        .collect(Collectors.joining("; "))
                : withoutTrace(once(told));
        return Optional.of(reason.substring(0, Math.min(reason.length(), MAX_CHARS)))
                .filter(known -> !known.isEmpty());
    }

    private static String once(String told) {
        String half = told.substring(0, Math.max(0, told.length() - AGAIN.length()) / 2);
        return told.equals(half + AGAIN + half) ? half : told;
    }

    private static String withoutTrace(String told) {
        return told.lines()
                .takeWhile(line -> !line.startsWith("\tat "))
                .collect(Collectors.joining("\n"))
                .strip();
    }
}
