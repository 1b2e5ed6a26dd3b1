package io.stompline.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a request has to be before anything is done for it.
 *
 * <p>A page of another origin can send neither the content type nor a DELETE without being allowed to (Fetch, "CORS
 * protocol"), so that no page can use the login of a browser unasked.
 */
final class RequestRules {
    /** The content type of all requests with octets, or without. */
    static final String TYPE = "application/stomp";

    private static final String METHODS = "POST, DELETE, OPTIONS";
    private static final String EVENTS = "text/event-stream";
    private static final String JSON = "application/json";

    /** Two hours, the longest that Chromium keeps it. */
    private static final String PREFLIGHT_SECONDS = "7200";

    private RequestRules() {}

    /** The page that a browser asks for; only browsers send it. */
    static Optional<String> origin(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Origin"));
    }

    /** What is wrong with it, whoever sends it. */
    static Optional<Answer> fault(HttpServletRequest request) {
        boolean deletesSession = isDelete(request) && !isOpening(request);
        if (!deletesSession && !List.of("POST", "OPTIONS").contains(request.getMethod())) {
            return Optional.of(Answer.wrongMethod(METHODS));
        }
        if (Collections.list(request.getHeaders("Origin")).size() > 1) {
            return Optional.of(Answer.badRequest("there is more than one Origin"));
        }
        String site = request.getHeader("Sec-Fetch-Site");
        return origin(request).isEmpty() && site != null && !site.equals("same-origin")
                ? Optional.of(Answer.forbidden("a browser says that a page of another site asks"))
                : Optional.empty();
    }

    /** What is wrong with its content type. */
    static Optional<Answer> typeFault(HttpServletRequest request) {
        String type = Optional.ofNullable(request.getContentType()).orElse("");
        return isDelete(request) || type.split(";", 2)[0].strip().equalsIgnoreCase(TYPE)
                ? Optional.empty()
                : Optional.of(Answer.wrongType("the content type must be " + TYPE));
    }

    /** Whether it opens a session. */
    static boolean isOpening(HttpServletRequest request) {
        return request.getPathInfo() == null || request.getPathInfo().equals("/");
    }

    static boolean isDelete(HttpServletRequest request) {
        return request.getMethod().equals("DELETE");
    }

    /** Whether whoever opens a session will poll: it asks for JSON and no stream. */
    static boolean wantsPolls(HttpServletRequest request) {
        String accepted = Optional.ofNullable(request.getHeader("Accept")).orElse("");
        return accepted.contains(JSON) && !accepted.contains(EVENTS);
    }

    /** Lets the page that asks read the answer; its origin has been checked. */
    static void showTo(HttpServletRequest request, HttpServletResponse response) {
        response.addHeader("Vary", "Origin");
        origin(request).ifPresent(page -> {
            response.setHeader("Access-Control-Allow-Origin", page);
            response.setHeader("Access-Control-Allow-Credentials", "true");
            response.setHeader("Access-Control-Expose-Headers", "Retry-After");
        });
    }

    static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS");
    }

    /** What a page of another origin may send. */
    static Answer preflight() {
        Answer done = Answer.done();
        return new Answer(
                done.status(),
                Map.of(
                        "Access-Control-Allow-Methods",
                        "POST, DELETE",
                        "Access-Control-Allow-Headers",
                        "Content-Type, " + Secret.HEADER,
                        "Access-Control-Max-Age",
                        PREFLIGHT_SECONDS),
                done.type(),
                done.text());
    }
}
