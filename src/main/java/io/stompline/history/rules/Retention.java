package io.stompline.history.rules;

import io.stompline.routing.Message;
import io.stompline.time.WrittenTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How many messages are kept of one topic: what exceeds the count, or is older, is forgotten.
 *
 * @param count messages of one topic
 * @param age time since a message came
 */
public record Retention(int count, Duration age) implements Keeping {
    private static final int MAX_COUNT = 100_000;
    private static final Duration MAX_AGE = Duration.ofDays(7);
    private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,5}");
    private static final Pattern AGE = Pattern.compile("[1-9]\\d{0,6}[smhd]");
    private static final Pattern MILLIS = Pattern.compile("[1-9]\\d{0,17}");

    /** Reads {@code 100 5m}: up to 100,000 messages, and {@link #parseAge an age}. */
    static Optional<Retention> parse(List<String> words) {
        if (words.size() != 2 || !COUNT.matcher(words.get(0)).matches()) {
            return Optional.empty();
        }
        int count = Integer.parseInt(words.get(0));
        return count > MAX_COUNT ? Optional.empty() : parseAge(words.get(1)).map(age -> new Retention(count, age));
    }

    /** Reads {@code 5m}: seconds, minutes, hours or days, up to 7 days. */
    static Optional<Duration> parseAge(String text) {
        return Optional.of(text)
                .filter(written -> AGE.matcher(written).matches())
                .flatMap(WrittenTime::read)
                .map(WrittenTime::duration)
                .filter(age -> age.compareTo(MAX_AGE) <= 0);
    }

    @Override
    public long endMillis(Message message, long cameMillis) {
        return expiresMillis(message);
    }

    /** When the sender said that a message ends, since 1970; {@link Long#MAX_VALUE} if never. */
    static long expiresMillis(Message message) {
        Optional<String> expires = message.headers().first("expires").filter(MILLIS.asMatchPredicate());
        return expires.map(Long::valueOf).orElse(Long.MAX_VALUE);
    }
}
