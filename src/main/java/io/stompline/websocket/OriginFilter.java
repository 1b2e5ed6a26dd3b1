package io.stompline.websocket;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Refuses handshakes from web pages of other origins with 403, before a WebSocket opens (RFC 6455, 10.2). */
@WebFilter(urlPatterns = StompEndpoint.PATH, asyncSupported = true)
public class OriginFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient StompGateway gateway;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<String> origin = Optional.ofNullable(request.getHeader("Origin"));
        Optional<String> host = Optional.ofNullable(request.getHeader("Host"));
        if (gateway.originRule().accepts(origin, host, request.isSecure())) {
            chain.doFilter(request, response);
        } else {
            response.sendError(
                    HttpServletResponse.SC_FORBIDDEN, "this origin is not allowed (stompline.allowed-origins)");
        }
    }
}
