package io.stompline.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * Tells browsers to run and show only what belongs to this application: messages that its pages show come from
 * strangers. In {@code web.xml} of our own WARs, and so not before pages of an application that carries our classes.
 */
public class PageHeaders extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // The answer to a handshake stays in memory as long as its connection does.
        if (request.getHeader("Upgrade") == null) {
            HEADERS.forEach(response::setHeader);
        }
        chain.doFilter(request, response);
    }
}
