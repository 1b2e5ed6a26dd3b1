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
 * @param elsewhereMillis who has this position may have received, on another node, messages that come behind it here
 *     and were published up to that time; 0 if not
 */
public record Position(String node, long number, long millis, long elsewhereMillis) {
    private static final int MAX_CHARS = 80;
    private static final Pattern TEXT =
            Pattern.compile("([0-9a-z]{1,20})\\.(0|[1-9]\\d{0,17})\\.(0|[1-9]\\d{0,14})(?:_([1-9]\\d{0,14}))?");

    /** A place of somebody who has received nothing that comes behind it. */
    public Position(String node, long number, long millis) {
        this(node, number, millis, 0);
    }

    /** Reads {@link #text}; empty if it is none. */
    public static Optional<Position> parse(String text) {
        Matcher parts = TEXT.matcher(text.length() > MAX_CHARS ? "" : text);
        return parts.matches()
                ? Optional.of(new Position(
                        parts.group(1),
                        Long.parseLong(parts.group(2)),
                        Long.parseLong(parts.group(3)),
                        parts.group(4) == null ? 0 : Long.parseLong(parts.group(4))))
                : Optional.empty();
    }

    /** The same place of somebody who may have received messages that were published up to that time. */
    Position elsewhere(long millisOfMessages) {
        return new Position(node, number, millis, millisOfMessages);
    }

    /** As clients see it, such as {@code k3f2q.10571.1795899123456}. */
    public String text() {
        return node + "." + number + "." + millis + (elsewhereMillis == 0 ? "" : "_" + elsewhereMillis);
    }
}
