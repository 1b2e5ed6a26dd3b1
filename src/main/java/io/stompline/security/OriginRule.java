package io.stompline.security;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which web pages may open a connection: those of the same host and port, and those configured. */
public record OriginRule(List<String> allowed) {
    /** A rule that also accepts these origins, such as {@code https://shop.example}. */
    public OriginRule {
        allowed = allowed.stream().map(OriginRule::normal).toList();
    }

    /**
     * Whether a handshake is acceptable. One without an {@code Origin} comes from no browser.
     *
     * @param origin the {@code Origin} header
     * @param host the {@code Host} header
     * @param secure whether the handshake came over TLS
     */
    public boolean accepts(Optional<String> origin, Optional<String> host, boolean secure) {
        if (origin.isEmpty()) {
            return true;
        }
        String from = normal(origin.get());
        String scheme = secure ? "https://" : "http://";
        return allowed.contains(from)
                || host.filter(own -> from.equals(normal(scheme + own)) && !from.equals(scheme))
                        .isPresent();
    }

    /** Scheme and host in lower case, without the port that the scheme has anyway (RFC 6454, 6.2). */
    private static String normal(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        String defaultPort = lower.startsWith("https://") ? ":443" : lower.startsWith("http://") ? ":80" : "";
        return lower.endsWith(defaultPort) ? lower.substring(0, lower.length() - defaultPort.length()) : lower;
    }
}
