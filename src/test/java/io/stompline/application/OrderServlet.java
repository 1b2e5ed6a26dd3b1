package io.stompline.application;

import io.stompline.api.LastValues;
import io.stompline.api.PublishOptions;
import io.stompline.api.StompPublisher;
import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Lets tests tell the beans what to do: {@code GET /do?what=…&name=…}. */
@WebServlet("/do")
public class OrderServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Orders orders;

    @Inject
    private transient StompPublisher publisher;

    @Inject
    private transient LastValues values;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getParameter("name");
        try {
            response.getWriter().print(act(request.getParameter("what"), name));
        } catch (EJBException e) {
            response.getWriter().print(e.getMessage());
        }
    }

    private String act(String what, String name) {
        switch (what) {
            case "place" -> orders.place(name, false);
            case "place-and-fail" -> orders.place(name, true);
            case "place-after" -> orders.placeAndTellAfterwards(name, false);
            case "place-after-and-fail" -> orders.placeAndTellAfterwards(name, true);
            case "place-large" -> orders.placeAndTell(name, 2_500_000, PublishOptions.NONE);
            case "place-large-after" -> orders.placeAndTell(name, 2_500_000, PublishOptions.afterCommit());
            case "place-delayed" -> orders.placeAndTell(name, 3, PublishOptions.header("delivery-delay", "700"));
            case "change" -> orders.placeAndChange(name);
            case "tell-user" -> publisher.publishToUser("ann", "/user/queue/alerts", name);
            case "tell-user-as-in-spring" -> publisher.publishToUser("ann", "/queue/alerts", name);
            case "tell-session" -> publisher.publishToSession(name, "/user/queue/alerts", "for you");
            case "tell-others" -> publisher.publish("/topic/others", "others", PublishOptions.except(name));
            case "headers" ->
                publisher.publish(
                        "/topic/headers",
                        new byte[] {0, 1},
                        PublishOptions.header("colour", "red").withHeader("correlation-id", "c"));
            case "last-values" -> {
                return values.of(name).toString();
            }
            case "names" -> {
                return String.join(",", orders.names());
            }
            default -> throw new IllegalArgumentException(what);
        }
        return "done";
    }
}
