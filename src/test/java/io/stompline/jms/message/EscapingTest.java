package io.stompline.jms.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EscapingTest {
    /** Small letters and digits, but no digit first. */
    private static final Escaping ESCAPING = new Escaping((character, first) -> character == '$'
            || (character >= 'a' && character <= 'z')
            || (!first && character >= '0' && character <= '9'));

    @Test
    void escape_allowedCharacters_stay() {
        assertThat(ESCAPING.write("abc9$")).isEqualTo("abc9$");
    }

    @Test
    void escape_otherCharacters_becomeHexadecimalDigits() {
        assertThat(ESCAPING.write("a-b")).isEqualTo("a$002db");
        assertThat(ESCAPING.write("9")).isEqualTo("$0039");
    }

    @Test
    void escape_dollarAlone_isReadAsADollar() {
        assertThat(ESCAPING.read("a$b")).isEqualTo("a$b");
        assertThat(ESCAPING.read("a$0062")).as("b may stand").isEqualTo("a$0062");
    }

    @Test
    void escape_textThatLooksLikeAnEscape_isKept() {
        assertThat(ESCAPING.write("a$002d")).isEqualTo("a$0024002d");
        assertThat(ESCAPING.read("a$0024002d")).isEqualTo("a$002d");
    }

    @Test
    void escape_textWrittenAndRead_isOneToOne() {
        Random random = new Random(7);
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            String text = text(random, "$024d-9a");
            String written = ESCAPING.write(text);
            assertThat(ESCAPING.read(written)).isEqualTo(text);
            assertThat(texts.put(written, text)).isIn(null, text);
        }
    }

    @Test
    void escape_writtenReadAndWritten_isOneToOne() {
        Random random = new Random(8);
        for (int i = 0; i < 200_000; i++) {
            String written = "x" + text(random, "$024d9a");
            assertThat(ESCAPING.write(ESCAPING.read(written))).isEqualTo(written);
        }
    }

    private static String text(Random random, String alphabet) {
        return random.ints(1 + random.nextInt(16), 0, alphabet.length())
                .collect(StringBuilder::new, (text, i) -> text.append(alphabet.charAt(i)), StringBuilder::append)
                .toString();
    }
}
