package io.stompline.websocket;

import io.stompline.websocket.tyrus.ServerAdaptations;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An HTTP answer that opens no WebSocket: a line of text. Payara's own pages (seen in 6.2025.10) escape their text
 * twice.
 *
 * @param reason of the status line
 * @param headers further ones
 * @param text a sentence for people
 */
record TextAnswer(int status, String reason, Map<String, String> headers, String text) {
    private static final int UPGRADE_REQUIRED = 426;

    static TextAnswer badRequest(String text) {
        return new TextAnswer(HttpServletResponse.SC_BAD_REQUEST, "Bad Request", Map.of(), text);
    }

    static TextAnswer forbidden(String text) {
        return new TextAnswer(HttpServletResponse.SC_FORBIDDEN, "Forbidden", Map.of(), text);
    }

    static TextAnswer notFound(String text) {
        return new TextAnswer(HttpServletResponse.SC_NOT_FOUND, "Not Found", Map.of(), text);
    }

    static TextAnswer unavailable(int retryAfterSeconds, String text) {
        return new TextAnswer(
                HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                "Service Unavailable",
                Map.of("Retry-After", Integer.toString(retryAfterSeconds)),
                text);
    }

    /** The protocol that the client has to ask for (RFC 9110, 15.5.22; RFC 6455, 4.4). */
    static TextAnswer upgradeRequired(String text) {
        return new TextAnswer(
                UPGRADE_REQUIRED,
                "Upgrade Required",
                Map.of("Upgrade", "websocket", "Connection", "Upgrade", "Sec-WebSocket-Version", "13"),
                text);
    }

    /** Answers a request with it. */
    void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ServerAdaptations.setHead(request, response, status, reason, headers);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/plain;charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
