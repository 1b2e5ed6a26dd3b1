package io.stompline.inbox;

import io.stompline.frame.Headers;
import java.nio.charset.StandardCharsets;

/** Writes headers as octets for the table, and reads them: a line {@code name:value} each, escaped as in STOMP 1.2. */
final class StoredHeaders {
    private StoredHeaders() {}

    static byte[] write(Headers headers) {
        StringBuilder text = new StringBuilder();
        headers.forEach((name, value) -> {
            escape(name, text);
            text.append(':');
            escape(value, text);
            text.append('\n');
        });
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void escape(String plain, StringBuilder text) {
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case ':' -> text.append("\\c");
                default -> text.append(c);
            }
        }
    }

    /** Lines without a colon, which {@link #write} does not make, are left out. */
    static Headers read(byte[] stored) {
        Headers.Builder headers = new Headers.Builder();
        new String(stored, StandardCharsets.UTF_8).lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.add(unescape(line.substring(0, colon)), unescape(line.substring(colon + 1)));
            }
        });
        return headers.build();
    }

    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                plain.append(unescaped(text.charAt(i)));
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private static char unescaped(char code) {
        return switch (code) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'c' -> ':';
            default -> code;
        };
    }
}
