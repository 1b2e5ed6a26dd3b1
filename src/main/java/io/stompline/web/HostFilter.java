package io.stompline.web;

import io.stompline.gateway.StompGateway;
import io.stompline.security.host.HostRule;
import io.stompline.security.proxy.TrustedProxies;
import io.stompline.websocket.EndpointPath;
import io.stompline.websocket.StompEndpoint;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Answers requests for a foreign host with 400. Handshakes have a door of their own ({@code HandshakeDoor}), and probes
 * of {@code /health}, which Payara puts into the application at the root, often know the address only.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class HostFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient HostRule hosts;

    @Inject
    private transient TrustedProxies proxies;

    @Inject
    private transient StompGateway gateway;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<String> refusal = hosts.allowsAll() || isHandshake(request) || isProbe(request)
                ? Optional.empty()
                : hosts.refusal(proxies.source(request));
        if (refusal.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType("text/plain;charset=UTF-8");
        response.getOutputStream().write((refusal.get() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private boolean isHandshake(HttpServletRequest request) {
        String path = request.getServletPath();
        return EndpointPath.spellings(gateway.path()).contains(path)
                || EndpointPath.spellings(StompEndpoint.PATH).contains(path);
    }

    private static boolean isProbe(HttpServletRequest request) {
        String path = request.getServletPath();
        return request.getContextPath().isEmpty() && (path.equals("/health") || path.startsWith("/health/"));
    }
}
