package io.stompline.application;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the requests whose object in the container served a WebSocket before. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class UpgradedRequests extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final AtomicInteger REUSED = new AtomicInteger();
    private static final Set<Object> UPGRADED =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    static int reused() {
        return REUSED.get();
    }

    static int upgraded() {
        return UPGRADED.size();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Object container = containerObject(request);
        if (UPGRADED.contains(container)) {
            REUSED.incrementAndGet();
        }
        chain.doFilter(request, response);
        if (response.getStatus() == HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
            UPGRADED.add(container);
        }
    }

    /** Payara's object below the facade, which it gives to the next request. */
    private static Object containerObject(ServletRequest request) throws ServletException {
        ServletRequest innermost = request;
        while (innermost instanceof ServletRequestWrapper wrapper) {
            innermost = wrapper.getRequest();
        }
        try {
            return innermost.getClass().getMethod("getUnwrappedCoyoteRequest").invoke(innermost);
        } catch (ReflectiveOperationException e) {
            throw new ServletException(e);
        }
    }
}
