package io.stompline.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionPathTest {
    @ParameterizedTest
    @CsvSource({"'', UP", "/poll, POLL", "/close, CLOSE"})
    void path_ofASession_saysWhatIsAsked(String suffix, SessionPath.Deed deed) {
        String name = SessionPath.name("a1-b2", "x_Y-z");
        assertThat(SessionPath.of("/" + name + suffix))
                .isEqualTo(Optional.of(new SessionPath("a1-b2.x_Y-z", "a1-b2", deed)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "/a", "/a.", "/.b", "/a.b.c", "/a.b/", "/a.b/open", "/a.b/poll/", "/a.b\n", "/ä.b"})
    void path_ofNone_isNone(String path) {
        assertThat(SessionPath.of(path)).isEmpty();
    }

    @Test
    void close_ofASessionThatIsGone_isDoneAndNoOtherRefusalIs() {
        assertThat(SessionPath.Deed.CLOSE.withoutSession(Answer.gone())).isEqualTo(Answer.done());
        Answer busy = Answer.unavailable(1, "later");
        assertThat(SessionPath.Deed.CLOSE.withoutSession(busy)).isEqualTo(busy);
        assertThat(SessionPath.Deed.UP.withoutSession(Answer.gone())).isEqualTo(Answer.gone());
    }

    @Test
    void path_tooLong_isNone() {
        assertThat(SessionPath.of("/a." + "b".repeat(200))).isEmpty();
    }
}
