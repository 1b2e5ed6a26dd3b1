package io.stompline.application;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Lets tests tell {@link Steps} what to do: {@code GET /steps?name=…&step=…&step=…}; answers with all orders. */
@WebServlet("/steps")
public class StepsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Steps steps;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getParameter("name") != null) {
            steps.place(request.getParameter("name"), request.getParameterValues("step"));
        }
        response.getWriter().print(String.join(",", steps.names()));
    }
}
