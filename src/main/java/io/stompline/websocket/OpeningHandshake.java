package io.stompline.websocket;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a client's opening handshake must be beyond what Tyrus checks (RFC 6455, 4.2.1). */
final class OpeningHandshake {
    private static final int KEY_BYTES = 16;

    private OpeningHandshake() {}

    /** What is wrong with a request; nothing if it is a handshake, or does not ask for a WebSocket. */
    static Optional<String> fault(HttpServletRequest request) {
        if (!asks(request, "Upgrade", "websocket")) {
            return Optional.empty();
        }
        if (!request.getMethod().equals("GET")) {
            return Optional.of("a WebSocket is opened by GET");
        }
        if (!asks(request, "Connection", "upgrade")) {
            return Optional.of("the Connection header must name Upgrade");
        }
        if (!isKey(request.getHeader("Sec-WebSocket-Key"))) {
            return Optional.of("Sec-WebSocket-Key must be " + KEY_BYTES + " octets in Base64");
        }
        return values(request, "Origin").size() > 1 ? Optional.of("there is more than one Origin") : Optional.empty();
    }

    private static boolean asks(HttpServletRequest request, String header, String token) {
        return values(request, header).stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .anyMatch(value -> value.strip().toLowerCase(Locale.ROOT).equals(token));
    }

    private static List<String> values(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header));
    }

    private static boolean isKey(String key) {
        try {
            return key != null && Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
