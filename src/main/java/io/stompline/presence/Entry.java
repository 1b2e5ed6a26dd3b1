package io.stompline.presence;

import java.util.Optional;

/**
 * What one node knows of a user in a topic.
 *
 * @param sessions how many sessions of that node are subscribed; none if the user left
 * @param since when the user came, in milliseconds since 1970
 * @param info what the user's page tells, as JSON
 * @param infoAt when it told that, in milliseconds since 1970
 */
record Entry(int sessions, long since, Optional<String> info, long infoAt) {
    /** Nobody. */
    static final Entry NONE = new Entry(0, Long.MAX_VALUE, Optional.empty(), 0);

    /** What two nodes know together: the newest info counts, on every node the same. */
    Entry and(Entry other) {
        boolean newer = other.infoAt > infoAt
                || (other.infoAt == infoAt && other.info.orElse("").compareTo(info.orElse("")) > 0);
        return new Entry(
                sessions + other.sessions,
                Math.min(since, other.since),
                newer ? other.info : info,
                Math.max(infoAt, other.infoAt));
    }
}
