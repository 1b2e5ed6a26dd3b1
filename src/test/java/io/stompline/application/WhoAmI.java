package io.stompline.application;

import jakarta.enterprise.context.Dependent;
import jakarta.security.enterprise.authentication.mechanism.http.BasicAuthenticationMechanismDefinition;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/**
 * Tells a client what the server takes it for: {@code GET /who-am-i} with a header {@code Tag}, {@code ?login} to log
 * in; {@code ?requests} tells of {@link UpgradedRequests}.
 */
@Dependent
@WebServlet("/who-am-i")
@BasicAuthenticationMechanismDefinition(realmName = "test")
public class WhoAmI extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if ("requests".equals(request.getQueryString())) {
            response.getWriter()
                    .print(UpgradedRequests.reused() + " reused, " + (UpgradedRequests.upgraded() > 0 ? "some" : "none")
                            + " upgraded");
            return;
        }
        if ("login".equals(request.getQueryString()) && !request.authenticate(response)) {
            return;
        }
        HttpSession session = request.getSession();
        if (session.isNew()) {
            session.setAttribute("Tag", request.getHeader("Tag"));
        }
        response.getWriter()
                .print(request.getHeader("Tag") + " " + request.getRemoteUser() + " " + request.getRemoteAddr() + " "
                        + session.getAttribute("Tag"));
    }
}
