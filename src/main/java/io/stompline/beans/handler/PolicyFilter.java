package io.stompline.beans.handler;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Notes the policy of the web application, which Payara sets on the threads of HTTP requests ({@link CallerIdentity}).
 * It does so after the listeners of a request and before its filters.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class PolicyFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient HandlerInvoker invoker;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        invoker.notePolicy();
        chain.doFilter(request, response);
    }
}
