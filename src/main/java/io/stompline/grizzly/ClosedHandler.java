package io.stompline.grizzly;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.http.util.HttpStatus;

/**
 * Answers each request with 503 and {@code Retry-After}, and reads no body. Grizzly (seen in 4.0.2) adds {@code
 * Connection: close} to a 503.
 */
final class ClosedHandler extends HttpHandler {
    private static final String RETRY_AFTER_SECONDS = "2";
    private static final byte[] STARTING = ascii("The server is starting; its application is not there yet.\n");
    private static final byte[] STOPPING = ascii("The server is stopping.\n");

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void service(Request request, Response response) throws IOException {
        response.setStatus(HttpStatus.SERVICE_UNAVAILABLE_503);
        response.setHeader(Header.RetryAfter, RETRY_AFTER_SECONDS);
        response.setHeader(Header.CacheControl, "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType("text/plain;charset=UTF-8");
        byte[] text = ListenerAddOn.isStopping() ? STOPPING : STARTING;
        response.setContentLength(text.length);
        response.getOutputStream().write(text);
    }

    /** Asks for no body, also a client that waits to be asked ({@code Expect: 100-continue}). */
    @Override
    protected boolean sendAcknowledgment(Request request, Response response) {
        return true;
    }
}
