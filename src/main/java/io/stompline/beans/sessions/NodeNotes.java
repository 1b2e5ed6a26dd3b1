package io.stompline.beans.sessions;

import io.stompline.cluster.NodeChannel;
import io.stompline.cluster.NodeChannel.Note;
import io.stompline.gateway.StompGateway;
import io.stompline.idempotency.SentKeys;
import io.stompline.routing.MessageBus;
import io.stompline.session.subscription.ClientLinks;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Set;

/** Keeps this node in touch with the others, and hands their notes to the bean that they are for. Thread-safe. */
@ApplicationScoped
public class NodeNotes {
    /** So many keys go in one note; a client that comes back on another node needs longer. */
    private static final Duration TELLS_KEYS_AFTER = Duration.ofMillis(100);

    @Inject
    private MessageBus bus;

    @Inject
    private ClientViews clients;

    @Inject
    private NodeSessions sessions;

    @Inject
    private NodeTickets tickets;

    @Inject
    private SentKeys sentKeys;

    @Inject
    private ClientLinks links;

    @Inject
    private StompGateway gateway;

    /** Null until the start, and if that failed before. */
    private NodeChannel channel;

    /** Joins the other nodes when the application starts. */
    void start(
            @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.LIBRARY_BEFORE + 1)
                    Object event) {
        channel = new NodeChannel(bus, clients.node(), this::hear);
        links.tellOthers(this::tellCameBack);
        sentKeys.whenFresh(() -> gateway.later(TELLS_KEYS_AFTER, this::tellKeys));
    }

    /** Leaves them, before the message broker is closed. */
    void stop(
            @Observes(notifyObserver = Reception.IF_EXISTS)
                    @BeforeDestroyed(ApplicationScoped.class)
                    @Priority(Interceptor.Priority.LIBRARY_BEFORE)
                    Object event) {
        if (channel != null) {
            tellKeys();
            channel.close();
        }
    }

    /** Whether there is somebody to tell. */
    private boolean tellCameBack(String client) {
        boolean others = !others().isEmpty();
        if (others) {
            sayLater(Note.Type.CLIENT_CAME_BACK, client);
        }
        return others;
    }

    private void tellKeys() {
        String keys = sentKeys.takeFresh();
        if (!others().isEmpty()) {
            sayLater(Note.Type.SENT_KEYS, keys);
        }
    }

    /** The names of the other nodes. */
    Set<String> others() {
        return channel == null ? Set.of() : channel.others();
    }

    /**
     * Sends a note to the other nodes.
     *
     * @throws io.stompline.routing.BusException UNAVAILABLE
     */
    void say(Note.Type type, String query, String text) {
        channel.say(type, query, text);
    }

    /** See {@link NodeChannel#sayLater}. */
    void sayLater(Note.Type type, String text) {
        channel.sayLater(type, text);
    }

    /** On the thread of the channel. */
    private void hear(Note note) {
        switch (note.type()) {
            case ALIVE -> {}
            case GONE,
                    LIST_SESSIONS,
                    SESSIONS,
                    DISCONNECT,
                    HTTP_SESSION_ENDED,
                    HTTP_SESSION_PERHAPS_ENDED,
                    HTTP_SESSION_RENAMED -> sessions.hear(note);
            case CLIENT_CAME_BACK -> links.cameBackElsewhere(note.text());
            case SENT_KEYS -> sentKeys.hear(note.text());
            case REDEEM_TICKET, TICKET -> tickets.hear(note);
        }
    }
}
