package io.stompline.frame;

import static io.stompline.frame.Version.V1_0;
import static io.stompline.frame.Version.V1_1;
import static io.stompline.frame.Version.V1_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.frame.MalformedFrameException.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapesTest {
    @Test
    void unescape_eachVersion_undoesItsEscapes() throws MalformedFrameException {
        String escaped = "a\\cb\\nc\\\\d";
        assertThat(Escapes.unescape(escaped, V1_0)).isEqualTo(escaped);
        assertThat(Escapes.unescape(escaped, V1_1)).isEqualTo("a:b\nc\\d");
        assertThat(Escapes.unescape(escaped + "\\r", V1_2)).isEqualTo("a:b\nc\\d\r");
    }

    @Test
    void unescape_escapedBackslash_isReadInOnePass() throws MalformedFrameException {
        assertThat(Escapes.unescape("\\\\n\\\\\\\\c", V1_2)).isEqualTo("\\n\\\\c");
    }

    @ParameterizedTest
    @CsvSource({"V1_1, \\r", "V1_1, \\t", "V1_2, \\t", "V1_2, \\", "V1_2, a\\\\\\", "V1_2, \\N", "V1_1, \\0"})
    void unescape_undefinedInTheVersion_isRefused(Version version, String text) {
        assertThatThrownBy(() -> Escapes.unescape(text, version))
                .isInstanceOfSatisfying(
                        MalformedFrameException.class,
                        e -> assertThat(e.fault()).isEqualTo(Fault.BAD_ESCAPE))
                .hasMessageContaining(version.number());
    }

    @ParameterizedTest
    @CsvSource({
        "V1_0, true, true, false, false",
        "V1_1, true, true, true, false",
        "V1_2, true, true, true, true",
    })
    void carriesName_eachVersion_excludesWhatItCannotEscape(
            Version version, boolean plain, boolean backslash, boolean colonOrLineFeed, boolean carriageReturn) {
        assertThat(Escapes.carriesName("name", version)).isEqualTo(plain);
        assertThat(Escapes.carriesName("a\\b", version)).isEqualTo(backslash);
        assertThat(Escapes.carriesName("a:b", version)).isEqualTo(colonOrLineFeed);
        assertThat(Escapes.carriesName("a\nb", version)).isEqualTo(colonOrLineFeed);
        assertThat(Escapes.carriesName("a\rb", version)).isEqualTo(carriageReturn);
        assertThat(Escapes.carriesName("a\0b", version)).isFalse();
        assertThat(Escapes.carriesName("", version)).isFalse();
    }
}
