package io.stompline.routing;

import java.util.List;

/**
 * Decides which topics match a pattern: {@code *} is exactly one segment, {@code **} at the end one or more.
 *
 * @param pattern a topic with or without wildcards
 */
public record TopicPattern(Destination pattern) {
    /** Whether this is a topic that is meant; of another pattern, whether everything is that it means. */
    public boolean matches(Destination topic) {
        if (topic.kind() != pattern.kind() || (topic.isReserved() && !topic.equals(pattern))) {
            return false;
        }
        List<String> wanted = pattern.segments();
        List<String> given = topic.segments();
        boolean open = isOpen(wanted);
        if (open ? given.size() < wanted.size() : given.size() != wanted.size() || isOpen(given)) {
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

    /** Whether there are topics that both patterns mean. */
    public boolean overlaps(Destination other) {
        List<String> ours = pattern.segments();
        List<String> theirs = other.segments();
        int common = Math.min(ours.size(), theirs.size());
        for (int i = 0; i < common; i++) {
            String our = ours.get(i);
            String their = theirs.get(i);
            if (our.equals(Destination.MANY) || their.equals(Destination.MANY)) {
                return true;
            }
            boolean any = our.equals(Destination.ONE) || their.equals(Destination.ONE);
            if (!any && !our.equals(their)) {
                return false;
            }
        }
        return ours.size() == theirs.size();
    }

    private static boolean isOpen(List<String> segments) {
        return segments.get(segments.size() - 1).equals(Destination.MANY);
    }
}
