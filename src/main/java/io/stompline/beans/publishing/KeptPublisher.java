package io.stompline.beans.publishing;

import io.stompline.api.PublishException;
import io.stompline.api.StompInbox;
import io.stompline.frame.Headers;
import io.stompline.inbox.InboxException;
import io.stompline.inbox.Inboxes;
import io.stompline.routing.Audience;
import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.routing.MessageBus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Keeps messages for users, in the transaction of the caller, and tells their clients after it. Thread-safe. */
@ApplicationScoped
public class KeptPublisher implements StompInbox {
    private static final System.Logger LOG = System.getLogger(KeptPublisher.class.getName());

    @Inject
    private Optional<Inboxes> inboxes;

    @Inject
    private MessageBus bus;

    @Inject
    private JtaTransaction transaction;

    /**
     * Keeps a message, and publishes it after the commit.
     *
     * @param message to a user
     * @throws PublishException if it cannot be kept; the caller's transaction should be rolled back
     * @throws BusException if its body is too large, or its header {@code expires} cannot be read
     */
    void publish(Message message, Duration keptFor) {
        String user = message.audience().user().orElseThrow();
        Destination destination = message.audience().shownAs().orElseThrow();
        bus.check(message);
        boolean inTransaction = transaction.isActive();
        Headers headers =
                ask(there -> there.keep(user, destination, message.headers(), message.body(), keptFor, inTransaction));
        Message live = Message.to(Audience.CARRIER, message.audience(), headers, message.body());
        if (inTransaction) {
            transaction.afterCommit(() -> tell(live, user, destination));
        } else {
            tell(live, user, destination);
        }
    }

    /** It is in the table: nobody misses it for good. */
    private void tell(Message live, String user, Destination destination) {
        try {
            bus.publish(live);
        } catch (BusException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a message is kept, and clients that are connected get it within a minute: {0}",
                    e.getMessage());
        }
        inboxes.orElseThrow().noteKept(user, destination);
    }

    @Override
    public int unread(String user, String destination) {
        Destination parsed = BusPublisher.parseUsers(destination);
        boolean inTransaction = transaction.isActive();
        return ask(there -> there.unread(user, parsed, inTransaction));
    }

    private <T> T ask(Function<Inboxes, T> question) {
        try {
            return question.apply(inboxes.orElseThrow(() -> new PublishException(Inboxes.NOT_SET)));
        } catch (InboxException e) {
            throw new PublishException(e.getMessage(), e);
        }
    }
}
