package io.stompline.jms.message;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells from a {@code content-type} header whether a body is text. */
final class TextKind {
    private static final Set<String> TEXT_TYPES = Set.of(
            "application/json", "application/xml", "application/javascript", "application/x-www-form-urlencoded");

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]+)", Pattern.CASE_INSENSITIVE);

    private static final Set<String> UTF_8_OR_LESS = Set.of("utf-8", "utf8", "us-ascii", "ascii");

    private TextKind() {}

    /** Whether octets of this type are text in UTF-8, provided they decode as such. */
    static boolean isText(String contentType) {
        String lower = contentType.toLowerCase(Locale.ROOT);
        String type = lower.split(";", 2)[0].strip();
        boolean text = type.startsWith("text/")
                || TEXT_TYPES.contains(type)
                || type.endsWith("+json")
                || type.endsWith("+xml");
        return text && isUtf8(lower);
    }

    private static boolean isUtf8(String contentType) {
        Matcher charset = CHARSET.matcher(contentType);
        return !charset.find() || UTF_8_OR_LESS.contains(charset.group(1));
    }
}
