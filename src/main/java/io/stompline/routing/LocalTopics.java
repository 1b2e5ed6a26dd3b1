package io.stompline.routing;

import io.stompline.config.Setting;
import io.stompline.config.Settings;
import java.util.List;

/**
 * Which topics live on this node alone, without the message broker. Immutable.
 *
 * @param patterns topics with or without wildcards
 */
public record LocalTopics(List<TopicPattern> patterns) {
    /** None is local. */
    public static final LocalTopics NONE = new LocalTopics(List.of());

    /** As the settings say. */
    public static LocalTopics from(Settings settings) {
        return new LocalTopics(settings.list(
                Setting.LOCAL_TOPICS,
                text -> Destination.parse(text)
                        .filter(topic -> topic.isTopic() && !topic.isReserved())
                        .map(TopicPattern::new),
                "topics such as /topic/cursors/**"));
    }

    /** Whether this topic is local; of a pattern, whether everything is that it means. */
    public boolean contain(Destination destination) {
        return destination.isTopic() && patterns.stream().anyMatch(pattern -> pattern.matches(destination));
    }

    /** Whether something that this pattern means is local. */
    public boolean mayContain(Destination destination) {
        return destination.isTopic() && patterns.stream().anyMatch(pattern -> pattern.overlaps(destination));
    }
}
