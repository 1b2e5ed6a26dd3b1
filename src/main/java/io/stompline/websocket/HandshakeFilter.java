package io.stompline.websocket;

import io.stompline.gateway.HandshakeDoor;
import io.stompline.gateway.StompGateway;
import io.stompline.security.proxy.RequestSource;
import io.stompline.websocket.tyrus.ServerAdaptations;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * The only way to the endpoint, at the path that is set ({@link EndpointPath}). Refuses handshakes before a WebSocket
 * opens: 400 to those that are none, 403 to web pages of other origins (RFC 6455, 10.2), 503 when too many are there or
 * come at a time. The others go on with the address of the client, which the WebSocket API does not tell.
 */
@WebFilter(urlPatterns = StompEndpoint.PATH, asyncSupported = true)
public class HandshakeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String RETRY_AFTER_SECONDS = "5";

    @Inject
    private transient StompGateway gateway;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!gateway.path().equals(request.getServletPath())) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        Optional<String> fault = OpeningHandshake.fault(request);
        if (fault.isPresent()) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, fault.get());
            return;
        }
        Optional<String> origin = Optional.ofNullable(request.getHeader("Origin"));
        RequestSource source = gateway.proxies().source(request);
        Optional<HandshakeDoor.Refusal> refusal = gateway.door().refusal(origin, source);
        if (refusal.isPresent()) {
            refuse(refusal.get(), response);
            return;
        }
        HttpServletRequest ofClient = new ForwardedRequest(request, source);
        chain.doFilter(
                new RequestWithAddress(
                        ServerAdaptations.ofApplication().wrap(ofClient, new EndOfConnections(gateway))),
                response);
    }

    private static void refuse(HandshakeDoor.Refusal refusal, HttpServletResponse response) throws IOException {
        switch (refusal.kind()) {
            case FORBIDDEN_ORIGIN -> response.sendError(HttpServletResponse.SC_FORBIDDEN, refusal.reason());
            case BUSY -> {
                response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
                response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, refusal.reason());
            }
        }
    }
}
