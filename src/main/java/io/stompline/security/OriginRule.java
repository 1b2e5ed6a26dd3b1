package io.stompline.security;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which web pages may open a WebSocket: those of the same host and port, and those configured. */
public record OriginRule(List<String> allowed) {
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
        String from = origin.get().toLowerCase(Locale.ROOT);
        String own = (secure ? "https://" : "http://") + host.orElse("").toLowerCase(Locale.ROOT);
        return (host.isPresent() && from.equals(own)) || allowed.contains(from);
    }
}
