package io.stompline.jms.message;

import java.util.Locale;
import java.util.Set;

/**
 * Maps header names to JMS property names and back, one-to-one for every header name.
 *
 * <p>A header whose name is a Java identifier keeps it, so that a selector can say {@code colour = 'red'}. Other
 * characters are written as {@code $} and four hexadecimal digits ({@code x-id} is {@code x$002did}), and names that
 * belong to JMS ({@code JMS…}, {@code NULL}, {@code AND}, …) or to us get {@code $_} in front. Thread-safe.
 */
final class PropertyNames {
    /** Begins the properties of our own; no header becomes one of these. */
    static final String OWN_PREFIX = "stompline_";

    private static final String JMS_PREFIX = "JMS";

    private static final String RESERVED_MARK = "$_";

    /** Words of the selector language (Jakarta Messaging 3.1, 3.8.1.1), in any case. */
    private static final Set<String> WORDS =
            Set.of("NULL", "TRUE", "FALSE", "NOT", "AND", "OR", "BETWEEN", "LIKE", "IN", "IS", "ESCAPE");

    private static final Escaping ESCAPING = new Escaping((character, first) -> first
            ? Character.isJavaIdentifierStart(character)
            : Character.isJavaIdentifierPart(character) && !Character.isIdentifierIgnorable(character));

    private PropertyNames() {}

    /** The property in which this header travels. */
    static String property(String header) {
        return needsMark(header) ? RESERVED_MARK + ESCAPING.write("_" + header).substring(1) : ESCAPING.write(header);
    }

    /** The header in which this property is shown; the name as it is if no header became it. */
    static String header(String property) {
        String header = read(property);
        return property(header).equals(property) ? header : property;
    }

    private static String read(String property) {
        if (property.startsWith(RESERVED_MARK)) {
            return ESCAPING.read("_" + property.substring(RESERVED_MARK.length()))
                    .substring(1);
        }
        return ESCAPING.read(property);
    }

    private static boolean needsMark(String header) {
        return header.startsWith(JMS_PREFIX)
                || header.startsWith(OWN_PREFIX)
                || header.startsWith(RESERVED_MARK)
                || WORDS.contains(header.toUpperCase(Locale.ROOT));
    }
}
