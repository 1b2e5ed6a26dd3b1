package io.stompline.security;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Origins that may connect: one, such as {@code https://shop.example}, or those of all hosts below one, such as {@code
 * https://*.shop.example}.
 *
 * @param before the beginning of the origins
 * @param after the end of the origins, if there are many
 */
public record AllowedOrigin(String before, Optional<String> after) {
    /** The texts that {@link #of} reads, for errors. */
    public static final String EXAMPLES =
            "origins without a path, such as https://shop.example or https://*.shop.example";

    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?";
    private static final String HOST = LABEL + "(\\." + LABEL + ")*";
    private static final String PORT = "(:\\d{1,5})?";

    /** Any scheme, since apps on phones have their own; of files there is no host. */
    private static final Pattern ONE =
            Pattern.compile("[a-z][a-z0-9+.-]*://(" + HOST + "|\\[[0-9a-f:.]+])" + PORT + "|file://");

    private static final Pattern MANY = Pattern.compile("([a-z][a-z0-9+.-]*://)\\*(\\." + HOST + PORT + ")");
    private static final Pattern LABELS = Pattern.compile(HOST);

    /** A host has 253 at most (RFC 1035, 2.3.4). Longer texts would overflow the stack of the matcher. */
    private static final int MAX_CHARS = 300;

    /** The origins that a setting names; empty if no browser sends it as an origin. */
    public static Optional<AllowedOrigin> of(String text) {
        String normal = normal(text);
        Matcher many = MANY.matcher(normal);
        if (many.matches()) {
            return Optional.of(new AllowedOrigin(many.group(1), Optional.of(many.group(2))));
        }
        return ONE.matcher(normal).matches()
                ? Optional.of(new AllowedOrigin(normal, Optional.empty()))
                : Optional.empty();
    }

    /** Whether it is one of them, in the form of {@link #normal}. */
    boolean includes(String origin) {
        if (after.isEmpty()) {
            return origin.equals(before);
        }
        return origin.length() <= MAX_CHARS
                && origin.length() > before.length() + after.get().length()
                && origin.startsWith(before)
                && origin.endsWith(after.get())
                && LABELS.matcher(origin.substring(
                                before.length(), origin.length() - after.get().length()))
                        .matches();
    }

    /** Scheme and host in lower case, without the port that the scheme has anyway (RFC 6454, 6.2). */
    static String normal(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        String defaultPort = lower.startsWith("https://") ? ":443" : lower.startsWith("http://") ? ":80" : "";
        return lower.endsWith(defaultPort) ? lower.substring(0, lower.length() - defaultPort.length()) : lower;
    }
}
