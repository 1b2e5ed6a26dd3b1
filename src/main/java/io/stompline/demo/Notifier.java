package io.stompline.demo;

import io.stompline.api.OnSend;
import io.stompline.api.StompPublisher;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.security.Principal;

/** Live notifications: an enterprise bean notifies one user, in all of that user's tabs, or everybody. */
@Stateless
public class Notifier {
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

    @Inject
    private StompPublisher publisher;

    /** Called by browsers; any other bean may call it as well. */
    @OnSend("/app/notices")
    public void notify(@Valid Notice notice, Principal sender) {
        Notification notification = new Notification(sender.getName(), notice.text());
        if (notice.to() == null) {
            publisher.publish("/topic/notices", notification);
        } else {
            publisher.publishToUser(notice.to(), "/user/queue/notices", notification);
        }
    }
}
