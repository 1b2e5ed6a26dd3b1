package io.stompline.history.lag;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a node tells the others, once a second, of how promptly it hears messages. It covers all the time since the
 * node's start: whoever hears one needs none of those before.
 *
 * @param node its name in positions
 * @param sinceMillis when it started, since 1970, by its clock as all of these
 * @param doubtMillis when it last heard a message that was too late or, for its clock, too early; 0 if never
 * @param nowMillis its clock
 * @param lagMillis how late messages come now, at most
 */
public record LagReport(String node, long sinceMillis, long doubtMillis, long nowMillis, long lagMillis) {
    private static final Pattern TEXT =
            Pattern.compile("([0-9a-z]{1,20}) (\\d{1,15}) (\\d{1,15}) (\\d{1,15}) (\\d{1,15})");

    /** Reads {@link #text}; empty if it is none. */
    public static Optional<LagReport> parse(String text) {
        Matcher words = TEXT.matcher(text);
        return words.matches()
                ? Optional.of(new LagReport(
                        words.group(1),
                        Long.parseLong(words.group(2)),
                        Long.parseLong(words.group(3)),
                        Long.parseLong(words.group(4)),
                        Long.parseLong(words.group(5))))
                : Optional.empty();
    }

    /** As other nodes read it. */
    public String text() {
        return node + " " + sinceMillis + " " + doubtMillis + " " + nowMillis + " " + lagMillis;
    }

    /** The same, with a later doubt. */
    LagReport doubted(long millis) {
        return new LagReport(node, sinceMillis, Math.max(doubtMillis, millis), nowMillis, lagMillis);
    }

    /**
     * Whether at that time the node had everything that was published so many milliseconds before, and has heard
     * nothing of before since. A node that died had, as long ago as its last word says.
     */
    boolean vouchesFor(long millis, long lateMillis) {
        return millis >= sinceMillis && millis > doubtMillis && millis + lagMillis <= nowMillis + lateMillis;
    }
}
