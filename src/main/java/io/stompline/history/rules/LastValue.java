package io.stompline.history.rules;

import io.stompline.routing.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The last message of each key of one topic is kept, until one without a body deletes it.
 *
 * @param keyHeader the header whose value is the key; messages without it have one key in common. Empty if the topic is
 *     the key
 * @param timeToLive since the message came; empty for no end
 */
public record LastValue(Optional<String> keyHeader, Optional<Duration> timeToLive) implements Keeping {
    private static final String KEY = "key=";
    private static final String TIME = "ttl=";

    /** How long a deletion is remembered for those who were away. */
    private static final Duration DELETIONS = Duration.ofMinutes(10);

    /** Reads nothing, {@code key=cell}, {@code ttl=5m}, or both in any order. */
    public static Optional<LastValue> parse(List<String> words) {
        LastValue read = new LastValue(Optional.empty(), Optional.empty());
        for (String word : words) {
            Optional<String> key = behind(KEY, word);
            Optional<Duration> time = behind(TIME, word).flatMap(Retention::parseAge);
            boolean known = key.isPresent() ? read.keyHeader.isEmpty() : time.isPresent() && read.timeToLive.isEmpty();
            if (!known) {
                return Optional.empty();
            }
            read = new LastValue(key.or(read::keyHeader), time.or(read::timeToLive));
        }
        return Optional.of(read);
    }

    private static Optional<String> behind(String prefix, String word) {
        return word.startsWith(prefix) && word.length() > prefix.length()
                ? Optional.of(word.substring(prefix.length()))
                : Optional.empty();
    }

    /** Of those with the same key one is kept. */
    public String key(Message message) {
        return keyHeader.flatMap(message.headers()::first).orElse("");
    }

    /** Whether a message deletes what was kept of its key. */
    public static boolean isDeletion(Message message) {
        return message.body().size() == 0;
    }

    @Override
    public Duration age() {
        return DELETIONS;
    }

    @Override
    public long endMillis(Message message, long cameMillis) {
        if (isDeletion(message)) {
            return cameMillis + DELETIONS.toMillis();
        }
        long byRule = timeToLive.map(time -> cameMillis + time.toMillis()).orElse(Long.MAX_VALUE);
        return Math.min(byRule, Retention.expiresMillis(message));
    }
}
