package io.stompline.security.rules;

import io.stompline.routing.Destination;
import io.stompline.security.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * The destinations that a rule is about.
 *
 * @param kind topics, queues, …
 * @param segments at least one
 */
record RulePattern(Destination.Kind kind, List<Segment> segments) {
    /**
     * Whether all is meant that a destination means: the destination itself, or everything that a wildcard
     * subscription matches.
     */
    boolean covers(Destination destination, Caller caller) {
        List<String> given = destination.segments();
        if (destination.kind() != kind || !fits(given)) {
            return false;
        }
        for (int i = 0; i < exact(); i++) {
            if (given.get(i).equals(Destination.MANY) || !segments.get(i).matches(given.get(i), caller)) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is anything that both this and the destination mean. */
    boolean overlaps(Destination destination, Caller caller) {
        return overlaps(destination, (segment, given) -> canMeet(segment, given, caller));
    }

    /** The same, for one caller at least. */
    boolean overlapsForSomebody(Destination destination) {
        return overlaps(
                destination,
                (segment, given) -> given.equals(Destination.ONE)
                        || !(segment instanceof Segment.Literal literal)
                        || literal.text().equals(given));
    }

    private boolean overlaps(Destination destination, BiPredicate<Segment, String> meet) {
        List<String> given = destination.segments();
        if (destination.kind() != kind) {
            return false;
        }
        for (int i = 0; i < Math.min(given.size(), segments.size()); i++) {
            if (given.get(i).equals(Destination.MANY) || segments.get(i) instanceof Segment.Many) {
                return true;
            }
            if (!meet.test(segments.get(i), given.get(i))) {
                return false;
            }
        }
        return given.size() == segments.size();
    }

    /** The segments of a destination by the names that they have here. */
    Map<String, String> variables(Destination destination) {
        List<String> given = destination.segments();
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < Math.min(given.size(), segments.size()); i++) {
            if (segments.get(i) instanceof Segment.Variable variable) {
                variables.put(variable.name(), given.get(i));
            }
        }
        return Map.copyOf(variables);
    }

    private static boolean canMeet(Segment segment, String given, Caller caller) {
        return given.equals(Destination.ONE) ? segment.isPossible(caller) : segment.matches(given, caller);
    }

    private boolean fits(List<String> given) {
        return isOpen() ? given.size() >= segments.size() : given.size() == segments.size();
    }

    /** How many segments stand before {@code **}, or in all. */
    private int exact() {
        return isOpen() ? segments.size() - 1 : segments.size();
    }

    private boolean isOpen() {
        return segments.get(segments.size() - 1) instanceof Segment.Many;
    }
}
