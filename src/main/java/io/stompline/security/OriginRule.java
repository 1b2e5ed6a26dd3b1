package io.stompline.security;

import java.util.List;
import java.util.Optional;

/** Which web pages may open a connection: those of the same host and port, and those configured. */
public record OriginRule(List<AllowedOrigin> allowed) {
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
        String from = AllowedOrigin.normal(origin.get());
        return allowed.stream().anyMatch(some -> some.includes(from))
                || isOf(host, origin.get(), secure ? "https://" : "http://");
    }

    /**
     * Whether a handshake is of a page of this server, or of no page. A page that has TLS is one of this server also
     * where a proxy ended TLS that the settings do not name.
     */
    public boolean isOwn(Optional<String> origin, Optional<String> host, boolean secure) {
        return origin.isEmpty()
                || isOf(host, origin.get(), secure ? "https://" : "http://")
                || isOf(host, origin.get(), "https://");
    }

    private static boolean isOf(Optional<String> host, String origin, String scheme) {
        String from = AllowedOrigin.normal(origin);
        return host.filter(own -> from.equals(AllowedOrigin.normal(scheme + own)) && !from.equals(scheme))
                .isPresent();
    }
}
