package io.stompline.security.host;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hosts that the server may be asked for: one, such as {@code chat.example} or {@code chat.example:8443}, or all below
 * one, such as {@code *.example.org}.
 *
 * @param name in lower case; of many what they end with, from a point on
 * @param many whether there is something before the name
 * @param port empty for every port
 */
public record AllowedHost(String name, boolean many, Optional<String> port) {
    /** The texts that {@link #of} reads, for errors. */
    public static final String EXAMPLES = "hosts such as chat.example, chat.example:8443 or *.example.org";

    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?";
    private static final String NAME = LABEL + "(?:\\." + LABEL + ")*";
    private static final Pattern HOST = Pattern.compile("(?<name>" + NAME + "|\\[[0-9a-f:.]+])(?::(?<port>\\d{1,5}))?");

    private static final String ANY = "*.";

    /** A name has 253 at most (RFC 1035, 2.3.4). Longer texts would overflow the stack of the matcher. */
    private static final int MAX_CHARS = 300;

    /** The hosts that a setting names; empty if it names none. */
    public static Optional<AllowedHost> of(String text) {
        boolean many = text.startsWith(ANY);
        Matcher host = matcher(many ? text.substring(ANY.length()) : text);
        return host.matches()
                ? Optional.of(new AllowedHost((many ? "." : "") + host.group("name"), many, port(host)))
                : Optional.empty();
    }

    /**
     * Whether it is one of them.
     *
     * @param host as in a {@code Host} header
     * @param secure whether the client spoke TLS, on which the port depends that it leaves out
     */
    boolean includes(String host, boolean secure) {
        Matcher asked = matcher(host);
        return host.length() <= MAX_CHARS
                && asked.matches()
                && (many
                        ? asked.group("name").endsWith(name)
                        : asked.group("name").equals(name))
                && port.map(only -> only.equals(port(asked).orElse(secure ? "443" : "80")))
                        .orElse(true);
    }

    private static Matcher matcher(String host) {
        return HOST.matcher(host.toLowerCase(Locale.ROOT));
    }

    private static Optional<String> port(Matcher host) {
        return Optional.ofNullable(host.group("port"));
    }
}
