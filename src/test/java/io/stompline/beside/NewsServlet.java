package io.stompline.beside;

import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Lets tests tell the news desk what to do: {@code GET /tell?whom=…&name=…&text=…}. */
@WebServlet("/tell")
public class NewsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient NewsDesk desk;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getParameter("name");
        String text = request.getParameter("text");
        try {
            switch (request.getParameter("whom")) {
                case "all" -> desk.tellAll(text);
                case "all-and-fail" -> desk.tellAllAndFail(text);
                case "others" -> desk.tellOthers(name, text);
                case "session" -> desk.tellSession(name, text);
                default -> throw new IllegalArgumentException(request.getParameter("whom"));
            }
            response.getWriter().print("told");
        } catch (EJBException e) {
            response.getWriter().print(e.getMessage());
        }
    }
}
