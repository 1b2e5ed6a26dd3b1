package io.stompline.application;

import io.stompline.api.PublishException;
import io.stompline.api.StompClient;
import io.stompline.api.StompPresence;
import io.stompline.api.StompSessions;
import io.stompline.api.StompTickets;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Shows tests what the beans know: {@code GET /sessions?what=…}. */
@WebServlet("/sessions")
public class SessionServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient StompSessions sessions;

    @Inject
    private transient StompTickets tickets;

    @Inject
    private transient Watcher watcher;

    @Inject
    private transient StompPresence presence;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            act(request, response);
        } catch (PublishException e) {
            response.getWriter().print(e.getMessage());
        }
    }

    private void act(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getParameter("name");
        switch (request.getParameter("what")) {
            case "here" -> response.getWriter().print(show(sessions.onThisNode()));
            case "statistics" -> response.getWriter().print(sessions.statistics());
            case "all" -> response.getWriter().print(show(sessions.onAllNodes()));
            case "of-user" -> response.getWriter().print(show(sessions.ofUser(name)));
            case "disconnect-user" -> sessions.disconnectUser(name, "closed for today");
            case "disconnect-session" -> sessions.disconnect(name, "closed for today");
            case "disconnect" ->
                sessions.ofUser(name).forEach(client -> sessions.disconnect(client.sessionId(), "closed for today"));
            case "ticket" -> response.getWriter().print(tickets.issue(name, Set.of("users")));
            case "present" ->
                response.getWriter()
                        .print(presence.of(name).stream()
                                .map(member -> member.user() + "=" + member.sessions())
                                .sorted()
                                .toList());
            case "events" -> response.getWriter().print(String.join("\n", watcher.seen()));
            default -> throw new IllegalArgumentException(request.getParameter("what"));
        }
    }

    private static String show(List<StompClient> clients) {
        return clients.stream()
                .map(client -> client.user() + " "
                        + client.subscriptions().stream()
                                .map(StompClient.Subscription::destination)
                                .sorted()
                                .toList()
                        + " " + client.framesReceived() + " " + client.messagesSent())
                .sorted()
                .collect(Collectors.joining("\n"));
    }
}
