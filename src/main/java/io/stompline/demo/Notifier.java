package io.stompline.demo;

import io.stompline.api.OnSend;
import io.stompline.api.StompClient;
import io.stompline.api.StompPublisher;
import io.stompline.api.StompSessions;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import java.util.List;

/**
 * Live notifications: an enterprise bean notifies one user, in all of that user's tabs, or everybody, and tells the
 * sender how many tabs that were.
 */
@Stateless
public class Notifier {
    private static final String TO_ALL = "/topic/notices";
    private static final String TO_ONE = "/user/queue/notices";

    /**
     * The payload of a browser's SEND.
     *
     * @param to a user's name; null for everybody
     */
    public record Notice(
            @Size(max = 50) String to,
            @NotBlank @Size(max = 200) String text) {}

    /** The payload that browsers receive. */
    public record Notification(String from, String text) {}

    /**
     * The answer to the sender.
     *
     * @param to as in the notice
     * @param tabs how many sessions were subscribed
     */
    public record Sent(String to, long tabs) {}

    @Inject
    private StompPublisher publisher;

    @Inject
    private StompSessions sessions;

    /** Called by browsers; any other bean may call it as well. */
    @OnSend("/app/notices")
    public Sent notify(@Valid Notice notice, Principal sender) {
        Notification notification = new Notification(sender.getName(), notice.text());
        if (notice.to() == null) {
            publisher.publish(TO_ALL, notification);
            return new Sent(null, subscribed(sessions.onAllNodes(), TO_ALL));
        }
        publisher.publishToUser(notice.to(), TO_ONE, notification);
        return new Sent(notice.to(), subscribed(sessions.ofUser(notice.to()), TO_ONE));
    }

    private static long subscribed(List<StompClient> clients, String destination) {
        return clients.stream()
                .filter(client -> client.subscriptions().stream()
                        .anyMatch(made -> made.destination().equals(destination)))
                .count();
    }
}
