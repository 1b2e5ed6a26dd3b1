package io.stompline.demo.text;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Lets the page of the shared text connect to the {@link Servers}: the policy of all pages names this one only. */
@WebFilter("/text.html")
public class TextPagePolicy extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String POLICY = "Content-Security-Policy";

    @Inject
    private transient Servers servers;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // The filter of all pages, in web.xml, was before this one.
        String policy = response.getHeader(POLICY);
        if (policy != null && !servers.sources().isEmpty()) {
            response.setHeader(POLICY, policy + "; connect-src 'self' " + String.join(" ", servers.sources()));
        }
        chain.doFilter(request, response);
    }
}
