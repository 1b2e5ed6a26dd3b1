package io.stompline.monitoring;

import io.stompline.security.RoleDoor;
import io.stompline.security.proxy.TrustedProxies;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Keeps strangers from {@code /metrics}, which Payara puts into the application at the root, on the port of everybody.
 * An application at another path may have a page of that name.
 */
@WebFilter(urlPatterns = "/metrics/*", asyncSupported = true)
public class MetricsFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient RoleDoor door;

    @Inject
    private transient TrustedProxies proxies;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String address = proxies.source(request).address();
        if (!request.getContextPath().isEmpty() || door.opens(RoleDoor.Page.METRICS, request, response, address)) {
            chain.doFilter(request, response);
        }
    }
}
