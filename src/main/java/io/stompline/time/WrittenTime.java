package io.stompline.time;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time as people write it: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d}, ISO 8601 such as {@code
 * PT10S}, or a number of milliseconds without a unit.
 *
 * @param text as it is written
 * @param duration what it means
 */
public record WrittenTime(String text, Duration duration) {
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,12})(ms|[smhd]?)");
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** So much shorter than usual is a time that is meant to be something else. */
    private static final int SUSPICIOUS = 10;

    /** Reads a time; empty if it is none. */
    public static Optional<WrittenTime> read(String text) {
        try {
            return text.startsWith("P")
                    ? Optional.of(new WrittenTime(text, Duration.parse(text)))
                    : number(text).map(duration -> new WrittenTime(text, duration));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> number(String text) {
        Matcher number = NUMBER.matcher(text);
        return number.matches()
                ? Optional.of(unit(number.group(2)).multipliedBy(Long.parseLong(number.group(1))))
                : Optional.empty();
    }

    private static Duration unit(String letters) {
        return switch (letters) {
            case "s" -> SECOND;
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofMillis(1);
        };
    }

    /** Whether it is not shorter than one time and not longer than the other. */
    public boolean isFrom(Duration shortest, Duration longest) {
        return duration.compareTo(shortest) >= 0 && duration.compareTo(longest) <= 0;
    }

    /**
     * A sentence for whoever wrote it, if it looks like seconds: a number without a unit, less than a second and than a
     * tenth of what is usual, of which as many seconds are possible.
     */
    public Optional<String> doubt(Duration usual, Duration shortest, Duration longest) {
        return duration.isZero()
                        || duration.compareTo(SECOND) >= 0
                        || duration.multipliedBy(SUSPICIOUS).compareTo(usual) >= 0
                        || !mayBeSeconds(shortest, longest)
                ? Optional.empty()
                : Optional.of(meaning() + ", or " + text + "ms to be left alone");
    }

    /** What a number without a unit means, if as many seconds are possible: for whoever wrote what is not. */
    public String explained(Duration shortest, Duration longest) {
        return mayBeSeconds(shortest, longest) ? "; " + meaning() : "";
    }

    private boolean mayBeSeconds(Duration shortest, Duration longest) {
        return !hasUnit() && new WrittenTime(text, SECOND.multipliedBy(Long.parseLong(text))).isFrom(shortest, longest);
    }

    private String meaning() {
        return text + " is " + duration.toMillis() + " ms: write " + text + "s for seconds";
    }

    private boolean hasUnit() {
        return !Character.isDigit(text.charAt(text.length() - 1));
    }
}
