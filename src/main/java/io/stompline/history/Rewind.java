package io.stompline.history;

import io.stompline.routing.hub.Position;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Where a new subscriber wants to begin. */
public sealed interface Rewind {
    /** With what comes next. */
    record Next() implements Rewind {
        @Override
        public boolean readsPast() {
            return false;
        }
    }

    /** With the first message that is kept. */
    record First() implements Rewind {}

    /** With the last so many. */
    record Last(int count) implements Rewind {}

    /** With the first that came at that time or later. */
    record Since(Instant time) implements Rewind {}

    /** Behind a message that the subscriber has: it resumes. */
    record After(Position position) implements Rewind {}

    /** Whether it asks for messages of the past. */
    default boolean readsPast() {
        return true;
    }

    /** Reads a value of {@code x-stream-offset}; empty if it is none. */
    static Optional<Rewind> parse(String text) {
        int equals = text.indexOf('=');
        String value = text.substring(equals + 1);
        return switch (text.substring(0, equals + 1)) {
            case "last=" -> number(value, "[1-9]\\d{0,5}", count -> new Last(count.intValue()));
            case "timestamp=" -> number(value, "\\d{1,10}", seconds -> new Since(Instant.ofEpochSecond(seconds)));
            case "after=" -> Position.parse(value).map(After::new);
            case "" -> word(value);
            default -> Optional.empty();
        };
    }

    private static Optional<Rewind> word(String text) {
        return switch (text) {
            case "next" -> Optional.of(new Next());
            case "first" -> Optional.of(new First());
            case "last" -> Optional.of(new Last(1));
            default -> Optional.empty();
        };
    }

    private static Optional<Rewind> number(String digits, String form, Function<Long, Rewind> rewind) {
        return Optional.of(digits)
                .filter(Pattern.compile(form).asMatchPredicate())
                .map(Long::valueOf)
                .map(rewind);
    }
}
