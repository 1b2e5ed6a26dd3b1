package io.stompline.beans.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.routing.Destination;
import io.stompline.routing.TopicPattern;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {
    @Test
    void template_variables_areFoundAndFilled() {
        PathTemplate template = new PathTemplate("/app/chat/{room}/say");
        assertThat(template.match("/app/chat/tea/say")).contains(Map.of("room", "tea"));
        assertThat(template.match("/app/chat/say")).isEmpty();
        assertThat(template.match("/app/chat/a/b/say")).isEmpty();
        assertThat(new PathTemplate("/topic/{room}").fill(Map.of("room", "tea")))
                .isEqualTo("/topic/tea");
    }

    @ParameterizedTest
    @CsvSource({
        "/topic/minutes, /topic/*, true",
        "/topic/minutes, /topic/**, true",
        "/topic/minutes, /topic/*/*, false",
        "/topic/minutes, /topic/news/**, false",
        "/topic/rooms/{room}, /topic/rooms/*, true",
        "/topic/rooms/{room}, /topic/*/tea, true",
        "/topic/rooms/{room}, /topic/rooms/**, true",
        "/topic/rooms/{room}, /topic/rooms/*/*, false",
        "/topic/rooms/{room}, /topic/halls/*, false",
        "/app/{a}, /topic/*, false"
    })
    void template_pattern_meansWhatFits(String template, String pattern, boolean overlaps) {
        TopicPattern wanted = new TopicPattern(Destination.parse(pattern).orElseThrow());
        assertThat(new PathTemplate(template).overlaps(wanted)).isEqualTo(overlaps);
    }

    @Test
    void template_order_putsTheMoreParticularFirst() {
        assertThat(Stream.of("/app/{a}/{b}", "/app/x/{b}", "/app/{a}/y", "/app/x/y")
                        .map(PathTemplate::new)
                        .sorted(PathTemplate.PARTICULAR_FIRST)
                        .map(PathTemplate::toString))
                .containsExactly("/app/x/y", "/app/x/{b}", "/app/{a}/y", "/app/{a}/{b}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app//a", "/app/{a}/{a}", "/app/a{b}", "/app/{}", "/app/{a"})
    void template_malformed_isRefused(String text) {
        assertThatThrownBy(() -> new PathTemplate(text))
                .isInstanceOf(HandlerFault.class)
                .hasMessageContaining(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app/rooms/*", "/app/**", "/app/room*/say"})
    void template_wildcard_isRefusedAndToldWhatToWrite(String text) {
        assertThatThrownBy(() -> new PathTemplate(text))
                .isInstanceOf(HandlerFault.class)
                .hasMessageContaining(text)
                .hasMessageContaining("a {variable} stands for one segment");
    }
}
