package io.stompline.routing;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which messages a subscription of the {@link InMemoryBus} means: by pattern, selector and origin. */
final class Matching {
    private static final Pattern SELECTOR = Pattern.compile("(\\w+) *= *'([^']*)'");

    private Matching() {}

    /** Whether a subscription to {@code pattern} means what is published to {@code destination}. */
    static boolean matches(Destination pattern, Destination destination) {
        if (!pattern.isTopic() || !destination.isTopic()) {
            return pattern.equals(destination);
        }
        StringBuilder regex = new StringBuilder();
        for (String segment : pattern.segments()) {
            regex.append('/')
                    .append(
                            switch (segment) {
                                case Destination.ONE -> "[^/]+";
                                case Destination.MANY -> ".+";
                                default -> Pattern.quote(segment);
                            });
        }
        return ("/" + destination.name()).matches(regex.toString());
    }

    /** What a request leaves of the messages of its destination. */
    static Predicate<Message> wanted(FeedRequest request) {
        Predicate<Message> selected = request.selector().map(Matching::selected).orElse(message -> true);
        return message -> selected.test(message) && !request.excludedOrigin().equals(Optional.of(message.origin()));
    }

    private static Predicate<Message> selected(String selector) {
        Matcher matcher = SELECTOR.matcher(selector);
        if (!matcher.matches()) {
            throw new BusException(BusException.Reason.BAD_SELECTOR, "the selector cannot be understood");
        }
        String name = matcher.group(1);
        Optional<String> value = Optional.of(matcher.group(2));
        return message -> message.headers().first(name).equals(value);
    }
}
