package io.stompline.http;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A short HTTP answer.
 *
 * @param headers further ones
 * @param type of the body
 * @param text the body; empty for none
 */
record Answer(int status, Map<String, String> headers, String type, String text) {
    /** The header that says when to ask again. */
    static final String RETRY_AFTER = "Retry-After";

    private static final int GONE = HttpServletResponse.SC_GONE;

    /** It is done; there is nothing to say. */
    static Answer done() {
        return new Answer(HttpServletResponse.SC_NO_CONTENT, Map.of(), "text/plain;charset=UTF-8", "");
    }

    /** A document in JSON. */
    static Answer json(String text) {
        return new Answer(HttpServletResponse.SC_OK, Map.of(), "application/json", text);
    }

    /** A batch of events, or none. */
    static Answer events(String text) {
        return new Answer(
                HttpServletResponse.SC_OK,
                Map.of("Cache-Control", "no-store, no-transform"),
                "text/event-stream",
                text);
    }

    static Answer badRequest(String sentence) {
        return refusal(HttpServletResponse.SC_BAD_REQUEST, sentence);
    }

    static Answer forbidden(String sentence) {
        return refusal(HttpServletResponse.SC_FORBIDDEN, sentence);
    }

    static Answer notFound(String sentence) {
        return refusal(HttpServletResponse.SC_NOT_FOUND, sentence);
    }

    /** @param allowed the methods that there are */
    static Answer wrongMethod(String allowed) {
        return new Answer(
                HttpServletResponse.SC_METHOD_NOT_ALLOWED,
                Map.of("Allow", allowed),
                "text/plain;charset=UTF-8",
                "here is " + allowed + "\n");
    }

    static Answer bodyTimeout() {
        return last(HttpServletResponse.SC_REQUEST_TIMEOUT, "the body did not come in time");
    }

    static Answer conflict(String sentence) {
        return refusal(HttpServletResponse.SC_CONFLICT, sentence);
    }

    /** The session is not there, any more perhaps. */
    static Answer gone() {
        return refusal(GONE, "there is no such session");
    }

    static Answer tooLarge(int maxBytes) {
        return last(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "the body may have " + maxBytes + " octets");
    }

    static Answer wrongType(String sentence) {
        return refusal(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, sentence);
    }

    static Answer unsupported(String sentence) {
        return refusal(HttpServletResponse.SC_NOT_IMPLEMENTED, sentence);
    }

    static Answer unavailable(int retryAfterSeconds, String sentence) {
        return new Answer(
                HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                Map.of(RETRY_AFTER, Integer.toString(retryAfterSeconds)),
                "text/plain;charset=UTF-8",
                sentence + "\n");
    }

    private static Answer refusal(int status, String sentence) {
        return new Answer(status, Map.of(), "text/plain;charset=UTF-8", sentence + "\n");
    }

    /** The rest of the body is not read, so nothing can follow on the connection. */
    private static Answer last(int status, String sentence) {
        return new Answer(status, Map.of("Connection", "close"), "text/plain;charset=UTF-8", sentence + "\n");
    }

    boolean isGone() {
        return status == GONE;
    }

    boolean isForbidden() {
        return status == HttpServletResponse.SC_FORBIDDEN;
    }

    /** Sets status and headers, and returns the body. */
    byte[] begin(HttpServletResponse response) {
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        headers.forEach(response::setHeader);
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        if (body.length > 0 || status == HttpServletResponse.SC_OK) {
            response.setContentType(type);
            response.setContentLength(body.length);
        }
        return body;
    }
}
