package io.stompline.security.rules;

import io.stompline.config.Nearest;
import io.stompline.routing.Destination;
import io.stompline.routing.TopicPattern;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a handler of the application answers.
 *
 * @param deed SEND or SUBSCRIBE
 * @param name its destination as the application has it, with {@code {variables}}
 * @param destination the same with wildcards in their place
 */
public record Handled(Deed deed, String name, Destination destination) {
    /** What is compared with every handler costs time; handlers have short names. */
    private static final int MAX_COMPARED_CHARS = 100;

    /** That nothing handles what a client asks for, so that no rule could help; empty if something does, or may. */
    static Optional<String> missing(List<Handled> handled, Deed deed, Destination asked) {
        boolean handlers = deed == Deed.SEND || deed == Deed.SUBSCRIBE;
        List<Handled> others = handled.stream()
                .filter(handler -> handler.deed == deed && handler.isApp())
                .toList();
        if (!handlers
                || asked.kind() != Destination.Kind.APP
                || others.stream().anyMatch(handler -> new TopicPattern(handler.destination).overlaps(asked))) {
            return Optional.empty();
        }
        Stream<String> known = asked.text().length() > MAX_COMPARED_CHARS
                ? Stream.empty()
                : others.stream().map(Handled::name);
        return Optional.of("nothing here handles a " + deed + " to " + asked
                + Nearest.of(asked.text(), known)
                        .map(name -> "; did you mean " + name + "?")
                        .orElse(""));
    }

    private boolean isApp() {
        return destination.kind() == Destination.Kind.APP;
    }
}
