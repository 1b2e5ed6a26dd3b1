package io.stompline.frame;

import io.stompline.frame.MalformedFrameException.Fault;

/** The escapes in header names and values (STOMP 1.1 and 1.2, "Value Encoding"). */
final class Escapes {
    private Escapes() {}

    /**
     * Undoes the escapes of that version, in one pass.
     *
     * @throws MalformedFrameException BAD_ESCAPE for an escape that the version does not define
     */
    static String unescape(String text, Version version) throws MalformedFrameException {
        int backslash = text.indexOf('\\');
        if (backslash < 0 || version == Version.V1_0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length()).append(text, 0, backslash);
        for (int i = backslash; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                plain.append(unescaped(i < text.length() ? text.charAt(i) : ' ', version));
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private static char unescaped(char code, Version version) throws MalformedFrameException {
        return switch (code) {
            case '\\' -> '\\';
            case 'c' -> ':';
            case 'n' -> '\n';
            case 'r' -> {
                if (version == Version.V1_2) {
                    yield '\r';
                }
                throw undefined(version);
            }
            default -> throw undefined(version);
        };
    }

    private static MalformedFrameException undefined(Version version) {
        String defined = version == Version.V1_2 ? "\\r \\n \\c \\\\" : "\\n \\c \\\\";
        return new MalformedFrameException(
                Fault.BAD_ESCAPE,
                "a header has an escape that STOMP " + version.number() + " does not define; defined are " + defined);
    }

    /**
     * Whether a version can carry a header of that name. One that lost a character would be another header: of
     * {@code content\r-length} would become a {@code content-length} that cuts the body into frames.
     */
    static boolean carriesName(String name, Version version) {
        for (int i = 0; i < name.length(); i++) {
            if (!carriesInName(name.charAt(i), version)) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean carriesInName(char c, Version version) {
        return switch (c) {
            case '\0' -> false;
            case '\r' -> version == Version.V1_2;
            case '\n', ':' -> version != Version.V1_0;
            default -> true;
        };
    }

    /**
     * Writes a name or value for the wire. Leaves out the characters of a value that a version cannot carry: NUL in all
     * versions, CR before 1.2, LF in 1.0.
     */
    static void escape(String text, Version version, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\0' -> {}
                case '\r' -> out.append(version == Version.V1_2 ? "\\r" : "");
                case '\n' -> out.append(version == Version.V1_0 ? "" : "\\n");
                case ':' -> out.append(version == Version.V1_0 ? ":" : "\\c");
                case '\\' -> out.append(version == Version.V1_0 ? "\\" : "\\\\");
                default -> out.append(c);
            }
        }
    }
}
