package io.stompline.routing.hub;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in what one node has heard, behind one message. Clients keep it and give it back; to them it is opaque.
 *
 * @param node a name that the node takes at each start
 * @param number of the message; counts what the node has numbered since then
 * @param millis when the message came there, since 1970
 */
public record Position(String node, long number, long millis) {
    private static final int MAX_CHARS = 60;
    private static final Pattern TEXT = Pattern.compile("([0-9a-z]{1,20})\\.(0|[1-9]\\d{0,17})\\.(0|[1-9]\\d{0,14})");

    /** Reads {@link #text}; empty if it is none. */
    public static Optional<Position> parse(String text) {
        Matcher parts = TEXT.matcher(text.length() > MAX_CHARS ? "" : text);
        return parts.matches()
                ? Optional.of(
                        new Position(parts.group(1), Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3))))
                : Optional.empty();
    }

    /** As clients see it, such as {@code k3f2q.10571.1795899123456}. */
    public String text() {
        return node + "." + number + "." + millis;
    }
}
