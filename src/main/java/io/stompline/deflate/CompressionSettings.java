package io.stompline.deflate;

import io.stompline.config.Setting;
import io.stompline.config.Settings;
import io.stompline.routing.Destination;
import io.stompline.routing.TopicPattern;
import java.util.List;
import java.util.Optional;

/**
 * Whether messages are compressed, and which of those for one user.
 *
 * @param on whether clients that offer compression get it
 * @param userDestinations destinations of kind {@link Destination.Kind#USER} whose messages are compressed, too
 */
public record CompressionSettings(boolean on, List<TopicPattern> userDestinations) {
    /** As the settings say. */
    public static CompressionSettings from(Settings settings) {
        return new CompressionSettings(
                settings.oneOf(Setting.COMPRESSION, List.of("off", "on")).equals("on"),
                settings.list(
                        Setting.COMPRESSION_USER_DESTINATIONS,
                        CompressionSettings::pattern,
                        "destinations such as /user/queue/reports or /user/queue/**"));
    }

    private static Optional<TopicPattern> pattern(String text) {
        return Destination.parse(text)
                .filter(destination -> destination.kind() == Destination.Kind.USER)
                .map(TopicPattern::new);
    }
}
