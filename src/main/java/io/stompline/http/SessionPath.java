package io.stompline.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a path that names a session, and what is asked of it.
 *
 * @param session node and id, as the client was told
 * @param node where the session is
 */
record SessionPath(String session, String node, Deed deed) {
    /** What a request asks of a session. */
    enum Deed {
        /** To take octets. */
        UP,
        /** To give the next batch. */
        POLL,
        /** To end. */
        CLOSE;

        /** That answer, but for a close of a session that is gone: it may come after the server's own. */
        Answer withoutSession(Answer other) {
            return this == CLOSE && other.isGone() ? Answer.done() : other;
        }
    }

    private static final int MAX_CHARS = 200;
    private static final Pattern PATH = Pattern.compile("/(([A-Za-z0-9-]+)\\.[A-Za-z0-9_-]+)(/poll|/close)?");

    /** What the client calls a session. */
    static String name(String node, String id) {
        return node + "." + id;
    }

    /** Reads what follows the path of the openings; empty if it names no session. */
    static Optional<SessionPath> of(String path) {
        Matcher parts = PATH.matcher(path);
        if (path.length() > MAX_CHARS || !parts.matches()) {
            return Optional.empty();
        }
        Deed deed = parts.group(3) == null ? Deed.UP : parts.group(3).equals("/poll") ? Deed.POLL : Deed.CLOSE;
        return Optional.of(new SessionPath(parts.group(1), parts.group(2), deed));
    }
}
