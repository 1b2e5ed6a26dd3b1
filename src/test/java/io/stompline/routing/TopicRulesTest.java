package io.stompline.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.config.Setting;
import io.stompline.config.Settings;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicRulesTest {
    private final TopicRules<String> rules = read("/topic/chat/vip/* first, /topic/chat/** second,/user/** third");

    @ParameterizedTest
    @CsvSource({
        "/topic/chat/vip/a, first",
        "/topic/chat/vip/*, first",
        "/topic/chat/a, second",
        "/topic/chat/vip/a/b, second",
        "/topic/chat/a/*, second",
        "/topic/chat/a/**, second",
        "/user/queue/a, third"
    })
    void rule_firstThatMeansAllOfADestination_counts(String destination, String terms) {
        assertThat(rules.of(of(destination)).map(TopicRules.Rule::terms)).contains(terms);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/topic/chat/**", "/topic/chat/*/a", "/topic/**", "/topic/*/a", "/topic/news", "/queue/chat/a"})
    void rule_none_forWhatIsOutsideOrOfSeveral(String destination) {
        assertThat(rules.of(of(destination))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/queue/a x", "/topic/stompline/nodes x", "topic/a x", "/topic/a", "/topic/a y z"})
    void read_faultyRule_isRefused(String text) {
        assertThatThrownBy(() -> read(text))
                .hasMessageContaining("stompline.history must be good, separated by commas");
    }

    private static Destination of(String text) {
        return Destination.parse(text).orElseThrow();
    }

    private static TopicRules<String> read(String text) {
        Settings settings =
                new Settings(key -> key.equals(Setting.HISTORY.key()) ? Optional.of(text) : Optional.empty());
        TopicRules<String> read = TopicRules.from(
                settings,
                Setting.HISTORY,
                words -> words.size() == 1 ? Optional.of(words.get(0)) : Optional.empty(),
                "good");
        settings.check();
        return read;
    }
}
