package io.stompline.beans.sessions;

import io.stompline.cluster.NodeChannel;
import io.stompline.routing.MessageBus;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.Set;

/** Joins the other nodes when the application starts, and leaves them when it ends. Thread-safe. */
@ApplicationScoped
public class NodeNotes {
    /** Behind all that asks the channel for notes when the application starts. */
    private static final int JOINS = Interceptor.Priority.LIBRARY_BEFORE + 2;

    @Inject
    private MessageBus bus;

    @Inject
    private ClientViews clients;

    @Inject
    private NodeSessions sessions;

    @Inject
    private NodeTickets tickets;

    /** Null until the start, and if that failed before. */
    private NodeChannel channel;

    /** Joins the other nodes, when all parts of this node hear them. */
    void start(@Observes @Initialized(ApplicationScoped.class) @Priority(JOINS) Object event, NodeChannel ofNode) {
        sessions.hear(ofNode);
        tickets.hear(ofNode);
        ofNode.join(bus, clients.node());
        channel = ofNode;
    }

    /** Leaves them, before the message broker is closed. */
    void stop(
            @Observes(notifyObserver = Reception.IF_EXISTS)
                    @BeforeDestroyed(ApplicationScoped.class)
                    @Priority(Interceptor.Priority.LIBRARY_BEFORE)
                    Object event) {
        if (channel != null) {
            channel.close();
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
    void say(String kind, String query, String text) {
        channel.say(kind, query, text);
    }

    /** See {@link NodeChannel#sayLater}. */
    void sayLater(String kind, String text) {
        channel.sayLater(kind, text);
    }
}
