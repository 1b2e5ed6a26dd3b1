package io.stompline.presence;

import io.stompline.config.Setting;
import io.stompline.config.Settings;
import io.stompline.routing.Destination;
import io.stompline.routing.TopicRules;
import java.util.List;
import java.util.Optional;

/**
 * Of which topics it is known who is there. Immutable.
 *
 * @param rules their patterns; more is not said of them
 */
public record PresenceRules(TopicRules<Boolean> rules) {
    /** Of none. */
    public static final PresenceRules NONE = new PresenceRules(TopicRules.none());

    private static final String EXAMPLES = "patterns of topics such as /topic/rooms/**";

    /** As the settings say. */
    public static PresenceRules from(Settings settings) {
        return new PresenceRules(new TopicRules<>(settings.list(Setting.PRESENCE, PresenceRules::rule, EXAMPLES)));
    }

    /** Of the topics of these patterns. */
    public static PresenceRules of(String... patterns) {
        return new PresenceRules(new TopicRules<>(
                List.of(patterns).stream().flatMap(text -> rule(text).stream()).toList()));
    }

    private static Optional<TopicRules.Rule<Boolean>> rule(String text) {
        return Destination.parse(text)
                .filter(given -> given.isTopic() && !given.isReserved())
                .map(pattern -> new TopicRules.Rule<>(pattern, true));
    }

    /** Whether it is known who is in a topic; of a pattern it never is. */
    public boolean cover(Destination topic) {
        return topic.isTopic() && !topic.isPattern() && rules.of(topic).isPresent();
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return rules.rules().isEmpty();
    }
}
