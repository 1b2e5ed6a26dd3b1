package io.stompline.websocket;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Rules for a client's opening handshake that Tyrus does not check (RFC 6455, 4.2.1). */
final class OpeningHandshake {
    private static final int KEY_BYTES = 16;

    private OpeningHandshake() {}

    /**
     * Whether a request asks for a WebSocket. A request of HTTP 1.0 does not count (RFC 9110, 7.8), nor does one whose
     * Connection header does not name Upgrade: a proxy that passes on Upgrade alone sends {@code Connection: close}.
     */
    static boolean isAskedFor(HttpServletRequest request) {
        return asks(request, "Upgrade", "websocket")
                && asks(request, "Connection", "upgrade")
                && !request.getProtocol().equals("HTTP/1.0");
    }

    /** How a request that asks for a WebSocket is answered instead, if it does not do so properly. */
    static Optional<TextAnswer> fault(HttpServletRequest request) {
        if (!request.getMethod().equals("GET")) {
            return bad("a WebSocket is opened by GET");
        }
        if (!values(request, "Sec-WebSocket-Version").equals(List.of("13"))) {
            return Optional.of(TextAnswer.upgradeRequired("this server speaks version 13 of WebSocket (RFC 6455)"));
        }
        List<String> keys = values(request, "Sec-WebSocket-Key");
        if (keys.size() != 1 || !isKey(keys.get(0))) {
            return bad("there must be one Sec-WebSocket-Key, " + KEY_BYTES + " octets in Base64");
        }
        if (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null) {
            return bad("a handshake has no body");
        }
        return values(request, "Origin").size() > 1 ? bad("there is more than one Origin") : Optional.empty();
    }

    private static Optional<TextAnswer> bad(String text) {
        return Optional.of(TextAnswer.badRequest(text));
    }

    private static boolean asks(HttpServletRequest request, String header, String token) {
        return values(request, header).stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .anyMatch(value -> value.strip().toLowerCase(Locale.ROOT).equals(token));
    }

    private static List<String> values(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header)).stream()
                .map(String::strip)
                .toList();
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
