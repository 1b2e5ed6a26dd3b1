package io.stompline.history;

import io.stompline.config.Setting;
import io.stompline.config.Settings;
import io.stompline.routing.TopicRules;

/**
 * What is kept.
 *
 * @param rules how much of which topic
 * @param maxBytes what all of it may take of the node's memory, in octets
 */
public record HistorySettings(TopicRules<Retention> rules, long maxBytes) {
    /** Nothing is kept. */
    public static final HistorySettings NONE = new HistorySettings(TopicRules.none(), 0);

    /** As the settings say. */
    public static HistorySettings from(Settings settings) {
        return new HistorySettings(
                TopicRules.from(
                        settings,
                        Setting.HISTORY,
                        Retention::parse,
                        "rules such as /topic/chat/** 100 5m: a pattern of topics or of /user/ destinations, how many"
                                + " messages of each topic (up to 100000), and how long (s, m, h or d, up to 7d)"),
                settings.number(Setting.HISTORY_MAX_BYTES));
    }
}
