package io.stompline.beans.handler;

import io.stompline.routing.Destination;
import io.stompline.routing.TopicPattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A destination with variables for whole segments, such as {@code /app/chat/{room}/say}. Immutable. */
final class PathTemplate {
    /** The more particular first: from the left, a literal segment before a variable. */
    static final Comparator<PathTemplate> PARTICULAR_FIRST = Comparator.comparing(PathTemplate::shape);

    private final String text;
    private final List<String> segments;

    /**
     * Reads a template.
     *
     * @throws HandlerFault if a segment is empty, has a wildcard, mixes text and a variable, or repeats a variable
     */
    PathTemplate(String text) {
        this.text = text;
        this.segments = List.of(text.substring(1).split("/", -1));
        Set<String> names = new HashSet<>();
        for (String segment : segments) {
            boolean wellFormed = isVariable(segment)
                    ? segment.length() > 2 && names.add(segment)
                    : !segment.isEmpty() && segment.indexOf('{') < 0 && segment.indexOf('}') < 0;
            if (segment.contains(Destination.ONE)) {
                throw new HandlerFault("has a destination " + text + " with " + segment
                        + ", but takes no wildcards: a {variable} stands for one segment, whatever it is");
            }
            if (!wellFormed) {
                throw new HandlerFault("has a destination " + text
                        + " that is not made of segments and {variables}, each variable once");
            }
        }
    }

    /** The values of the variables if the destination fits. */
    Optional<Map<String, String>> match(String destination) {
        String[] given = destination.substring(1).split("/", -1);
        if (given.length != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < given.length; i++) {
            String segment = segments.get(i);
            if (isVariable(segment)) {
                values.put(name(segment), given[i]);
            } else if (!segment.equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /** Whether the pattern of a SUBSCRIBE means a destination that fits. */
    boolean overlaps(TopicPattern wanted) {
        StringBuilder everyValue = new StringBuilder();
        segments.forEach(segment -> everyValue.append('/').append(isVariable(segment) ? Destination.ONE : segment));
        return Destination.parse(everyValue.toString())
                .filter(topics -> topics.kind() == wanted.pattern().kind() && wanted.overlaps(topics))
                .isPresent();
    }

    /** The destination with these values of the variables. */
    String fill(Map<String, String> values) {
        StringBuilder filled = new StringBuilder();
        for (String segment : segments) {
            filled.append('/').append(isVariable(segment) ? values.get(name(segment)) : segment);
        }
        return filled.toString();
    }

    Set<String> variables() {
        Set<String> names = new HashSet<>();
        segments.stream().filter(PathTemplate::isVariable).forEach(segment -> names.add(name(segment)));
        return names;
    }

    /** The same for templates that mean the same destinations and sorted by {@link #PARTICULAR_FIRST}. */
    String shape() {
        List<String> shape = new ArrayList<>();
        for (String segment : segments) {
            // Sorts behind every character that a destination may have.
            shape.add(isVariable(segment) ? "\uffff" : segment);
        }
        return String.join("/", shape);
    }

    @Override
    public String toString() {
        return text;
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    private static String name(String variable) {
        return variable.substring(1, variable.length() - 1);
    }
}
