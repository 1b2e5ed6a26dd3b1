package io.stompline.security.proxy;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The facts that one proxy states of the request that it received.
 *
 * @param node the sender of the request (RFC 7239, 6); empty if not stated
 * @param proto the scheme of that request
 * @param host the Host of that request
 */
record Hop(Optional<String> node, Optional<String> proto, Optional<String> host) {
    /** A proxy that says nothing that could be understood. */
    static final Hop MALFORMED = new Hop(Optional.of("malformed"), Optional.empty(), Optional.empty());

    private static final String PORT = "(?::(?:\\d{1,5}|_[A-Za-z0-9._-]+))?";
    private static final Pattern BRACKETS = Pattern.compile("\\[([^\\]]*)]" + PORT);

    private static final Pattern NO_BRACKETS = Pattern.compile("([^:]*)" + PORT);

    /** The address of the node; nothing if it hides it, or has written something else. */
    Optional<InetAddress> address() {
        return node.map(Hop::withoutPort).flatMap(IpAddress::parse);
    }

    /** Whether the request came over TLS; nothing if it does not say. Some proxies write {@code wss}. */
    Optional<Boolean> secure() {
        return switch (proto.orElse("").toLowerCase(Locale.ROOT)) {
            case "https", "wss" -> Optional.of(true);
            case "http", "ws" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static String withoutPort(String node) {
        return Stream.of(BRACKETS, NO_BRACKETS)
                .map(form -> form.matcher(node))
                .filter(Matcher::matches)
                .map(form -> form.group(1))
                .findFirst()
                .orElse(node);
    }
}
