package io.stompline.history.rules;

import io.stompline.config.Setting;
import io.stompline.config.Settings;
import io.stompline.routing.LocalTopics;
import io.stompline.routing.TopicRules;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * What is kept.
 *
 * @param rules what of which topic
 * @param maxBytes what all of it may take of the node's memory, in octets
 * @param overlap how far before a position of another node messages are replayed; half of it is how late they may be
 * @param localTopics what other nodes do not hear
 */
public record HistorySettings(TopicRules<Keeping> rules, long maxBytes, Duration overlap, LocalTopics localTopics) {
    private static final Duration USUAL_OVERLAP = Duration.ofSeconds(10);

    /** Nothing is kept. */
    public static final HistorySettings NONE = new HistorySettings(TopicRules.none(), 0);

    private static final String EXAMPLES = "rules such as /topic/chat/** 100 5m: a pattern of topics or of /user/"
            + " destinations, how many messages of each topic (up to 100000), and how long (s, m, h or d, up to 7d)";

    private static final String EXAMPLES_OF_VALUES = "rules such as /topic/prices/* or /topic/board key=cell ttl=5m: a"
            + " pattern of topics or of /user/ destinations, the header whose values are the keys, and how long a"
            + " value is good (s, m, h or d, up to 7d)";

    /** With the usual overlap, and no topic is local. */
    public HistorySettings(TopicRules<Keeping> rules, long maxBytes) {
        this(rules, maxBytes, USUAL_OVERLAP, LocalTopics.NONE);
    }

    /** As the settings say. Where there is a last value there is no history. */
    public static HistorySettings from(Settings settings) {
        TopicRules<Keeping> values =
                TopicRules.from(settings, Setting.LAST_VALUE, LastValue::parse, EXAMPLES_OF_VALUES);
        TopicRules<Keeping> messages = TopicRules.from(settings, Setting.HISTORY, Retention::parse, EXAMPLES);
        return new HistorySettings(
                new TopicRules<>(Stream.concat(values.rules().stream(), messages.rules().stream())
                        .toList()),
                settings.number(Setting.HISTORY_MAX_BYTES),
                settings.time(Setting.HISTORY_OVERLAP),
                LocalTopics.from(settings));
    }
}
