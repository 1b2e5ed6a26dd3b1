package io.stompline.jms.message;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes any text with a restricted alphabet so that it can be read back: a character that may not stand becomes
 * {@code $} and its four lower-case hexadecimal digits.
 *
 * <p>Both directions are one-to-one. A text that writing cannot make is no escape when read: {@code a$b} stays
 * {@code a$b}. A {@code $} of the text that would look like an escape becomes {@code $0024}. Thread-safe.
 */
final class Escaping {
    /** Any number of written dollars and one more escape. */
    private static final Pattern ESCAPE = Pattern.compile("\\$((?:0024)*)([0-9a-f]{4})");

    /** Which characters stand for themselves; always {@code $}, and {@code 0-9a-f} but for the first place. */
    @FunctionalInterface
    interface Alphabet {
        boolean holds(char character, boolean first);
    }

    private final Alphabet alphabet;

    Escaping(Alphabet alphabet) {
        this.alphabet = alphabet;
    }

    /** The text in the restricted alphabet. */
    String write(String text) {
        StringBuilder written = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (!alphabet.holds(character, i == 0)) {
                appendEscape(written, character);
            } else if (character == '$' && escapeAt(text, i).lookingAt()) {
                appendEscape(written, '$');
            } else {
                written.append(character);
            }
        }
        return written.toString();
    }

    /** The text that {@link #write} made this of. */
    String read(String written) {
        StringBuilder text = new StringBuilder(written.length());
        int i = 0;
        while (i < written.length()) {
            Escape escape = escapeAt(written, i);
            if (!escape.lookingAt()) {
                text.append(written.charAt(i++));
            } else if (escape.holdsDollar()) {
                // $0024 and the digits that follow it, which are text.
                text.append('$').append(escape.afterFirstDollar());
                i = escape.end();
            } else {
                text.append(escape.character());
                i = escape.end();
            }
        }
        return text.toString();
    }

    private Escape escapeAt(String text, int start) {
        return new Escape(ESCAPE.matcher(text).region(start, text.length()), start == 0);
    }

    private static void appendEscape(StringBuilder written, char character) {
        written.append('$').append(String.format("%04x", (int) character));
    }

    /** A possible escape at one place of a text. */
    private final class Escape {
        private final Matcher matcher;
        private final boolean first;

        Escape(Matcher matcher, boolean first) {
            this.matcher = matcher;
            this.first = first;
        }

        /** Whether writing would have made it: the last character is one that may not stand. */
        boolean lookingAt() {
            return matcher.lookingAt() && !alphabet.holds(character(), first);
        }

        boolean holdsDollar() {
            return !matcher.group(1).isEmpty();
        }

        String afterFirstDollar() {
            return matcher.group(1).substring(4) + matcher.group(2);
        }

        char character() {
            return (char) Integer.parseInt(matcher.group(2), 16);
        }

        int end() {
            return matcher.end();
        }
    }
}
