package io.stompline.gateway;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Tells {@link LogoutListener} of {@code HttpServletRequest.logout()} (Jakarta Servlet 6.0, 13.3), which leaves the
 * HTTP session open and is no event of the container.
 */
public class LogoutFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient LogoutListener logouts;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // A handshake gets the request of the container.
        boolean isHandshake = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
        chain.doFilter(isHandshake ? request : new Telling(request), response);
    }

    private final class Telling extends HttpServletRequestWrapper {
        private Telling(HttpServletRequest request) {
            super(request);
        }

        @Override
        public void logout() throws ServletException {
            Optional<HttpSession> session = Optional.ofNullable(getSession(false));
            Set<String> ids = new HashSet<>();
            session.map(HttpSession::getId).ifPresent(ids::add);
            super.logout();
            // Payara 6.2025.10 gives it another id; a handshake on another node may know the former one only.
            session.map(HttpSession::getId).ifPresent(ids::add);
            ids.forEach(logouts::loggedOut);
        }
    }
}
