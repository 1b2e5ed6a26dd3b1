package io.stompline.broker;

import java.util.List;

/**
 * Says which topics a pattern means: {@code *} is exactly one segment, {@code **} at the end one or more.
 *
 * @param pattern a topic with or without wildcards
 */
public record TopicPattern(Destination pattern) {
    /** Whether this topic is meant. */
    public boolean matches(Destination topic) {
        if (topic.isReserved() && !topic.equals(pattern)) {
            return false;
        }
        List<String> wanted = pattern.segments();
        List<String> given = topic.segments();
        boolean open = wanted.get(wanted.size() - 1).equals(Destination.MANY);
        if (open ? given.size() < wanted.size() : given.size() != wanted.size()) {
            return false;
        }
        int exact = open ? wanted.size() - 1 : wanted.size();
        for (int i = 0; i < exact; i++) {
            if (!wanted.get(i).equals(Destination.ONE) && !wanted.get(i).equals(given.get(i))) {
                return false;
            }
        }
        return true;
    }
}
