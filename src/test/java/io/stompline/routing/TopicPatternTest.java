package io.stompline.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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
        "a/**, a/*, true",
        "a/**, a/b/**, true",
        "a/**, **, false",
        "a/*, a/**, false",
        "a/*, a/*, true",
        "a/b, a/*, false",
    })
    void matches_wildcards_meanOneSegmentOrTheRest(String pattern, String topic, boolean matches) {
        assertThat(new TopicPattern(Destination.topic(pattern)).matches(Destination.topic(topic)))
                .isEqualTo(matches);
    }

    @Test
    void matches_queue_isFalse() {
        assertThat(new TopicPattern(Destination.topic("**")).matches(Destination.queue("a")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "a/**, **, true",
        "a/**, b/**, false",
        "a/*, */b, true",
        "a/*, a/b/**, false",
        "a/b, a/b, true",
        "a/b, a, false",
        "a/*/c, a/b/*, true",
        "a/*/c, a/b/d, false",
    })
    void overlaps_commonTopics_isSymmetric(String one, String other, boolean overlap) {
        assertThat(new TopicPattern(Destination.topic(one)).overlaps(Destination.topic(other)))
                .isEqualTo(overlap);
        assertThat(new TopicPattern(Destination.topic(other)).overlaps(Destination.topic(one)))
                .isEqualTo(overlap);
    }
}
