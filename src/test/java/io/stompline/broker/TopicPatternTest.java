package io.stompline.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicPatternTest {
    @ParameterizedTest
    @CsvSource({
        "a/*, a/b, true",
        "a/*, a, false",
        "a/*, a/b/c, false",
        "a/**, a/b, true",
        "a/**, a/b/c, true",
        "a/**, a, false",
        "*/b, a/b, true",
        "*/b, a/c, false",
        "a/*/**, a/b, false",
        "a/*/**, a/b/c/d, true",
        "**, a/b, true",
        "a/b, a/b, true",
        "a/b, a/c, false",
    })
    void meansOneSegmentOrOneAndMoreAtTheEnd(String pattern, String topic, boolean matches) {
        assertThat(new TopicPattern(Destination.topic(pattern)).matches(Destination.topic(topic)))
                .isEqualTo(matches);
    }
}
