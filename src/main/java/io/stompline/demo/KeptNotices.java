package io.stompline.demo;

import io.stompline.api.OnSend;
import io.stompline.api.PublishOptions;
import io.stompline.api.StompInbox;
import io.stompline.api.StompPublisher;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import java.time.Duration;

/**
 * Kept notifications: a user who is away gets them later, in all tabs, until one of the tabs says that they were read.
 * They are rows of this database, which {@code stompline.inbox.data-source} names.
 */
@Stateless
@DataSourceDefinition(
        name = "java:app/demo/notices",
        className = "org.h2.jdbcx.JdbcDataSource",
        url = "jdbc:h2:mem:notices;DB_CLOSE_DELAY=-1;"
                + "INIT=RUNSCRIPT FROM 'classpath:META-INF/stompline/inbox-h2.sql'",
        user = "sa",
        password = "",
        minPoolSize = 0,
        maxPoolSize = 32)
public class KeptNotices {
    private static final String QUEUE = "/user/queue/kept-notices";
    private static final Duration KEPT = Duration.ofDays(7);

    /**
     * The payload of a browser's SEND.
     *
     * @param to the name of a user, connected or not
     */
    public record Notice(
            @NotNull @Pattern(regexp = DemoAccounts.NAMES, message = "is no user of the demo")
            String to,

            @NotBlank @Size(max = 200) String text) {}

    /**
     * The answer to the sender.
     *
     * @param unread how many the user has now
     */
    public record Kept(String to, int unread) {}

    @Inject
    private StompPublisher publisher;

    @Inject
    private StompInbox inbox;

    /** In a transaction, as every method of an enterprise bean: clients get the notice after the commit. */
    @OnSend("/app/notices/kept")
    public Kept keep(@Valid Notice notice, Principal sender) {
        Notifier.Notification notification = new Notifier.Notification(sender.getName(), notice.text());
        publisher.publishToUser(notice.to(), QUEUE, notification, PublishOptions.keptFor(KEPT));
        return new Kept(notice.to(), inbox.unread(notice.to(), QUEUE));
    }
}
