package io.stompline.beans;

import io.stompline.broker.BusException;
import io.stompline.broker.Destination;
import io.stompline.broker.Message;
import io.stompline.broker.MessageBus;
import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What the nodes tell each other, on one topic of the messaging system; and which nodes there are. Thread-safe.
 *
 * <p>Each node says now and then that it is there. While the messaging system is away the nodes are apart and each is alone.
 */
final class NodeChannel implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(NodeChannel.class.getName());
    private static final Destination TOPIC = Destination.topic("stompline/nodes");
    private static final String KIND = "kind";
    private static final String NODE = "node";
    private static final String QUERY = "query";
    private static final Duration ALIVE_EVERY = Duration.ofSeconds(5);
    private static final Duration GONE_AFTER = Duration.ofSeconds(16);

    /**
     * One message between nodes.
     *
     * @param kind what it is
     * @param node who sent it
     * @param query which question it asks or answers; empty if none
     */
    record Note(Kind kind, String node, String query, String text) {
        /** What nodes say. */
        enum Kind {
            /** I am there. */
            ALIVE,
            /** I am leaving. */
            GONE,
            /** Whom do you have? */
            WHO,
            /** Those; the text is JSON. */
            THESE,
            /** End the session whose id the text begins with, on its first line; the rest is the reason. */
            DISCONNECT_SESSION,
            /** The same for the sessions of a user. */
            DISCONNECT_USER
        }
    }

    private final MessageBus bus;
    private final String node;
    private final Consumer<Note> receiver;
    private final Map<String, Long> lastHeardNanos = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread created = new Thread(task, "stompline-nodes");
        created.setDaemon(true);
        return created;
    });
    private boolean listening;

    /**
     * Joins the other nodes in the background.
     *
     * @param receiver called with what other nodes say, on the channel's own thread
     */
    NodeChannel(MessageBus bus, String node, Consumer<Note> receiver) {
        this.bus = bus;
        this.node = node;
        this.receiver = receiver;
        var unused = thread.scheduleWithFixedDelay(this::announce, 0, ALIVE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The nodes that are there, without this one. */
    Set<String> others() {
        long now = System.nanoTime();
        lastHeardNanos.values().removeIf(heard -> now - heard > GONE_AFTER.toNanos());
        return Set.copyOf(lastHeardNanos.keySet());
    }

    /**
     * Tells the other nodes.
     *
     * @throws BusException UNAVAILABLE
     */
    void say(Note.Kind kind, String query, String text) {
        bus.publish(Message.of(TOPIC, Headers.of(KIND, kind.name(), NODE, node, QUERY, query), Body.utf8(text), node));
    }

    @Override
    public void close() {
        if (listening) {
            try {
                say(Note.Kind.GONE, "", "");
            } catch (BusException e) {
                LOG.log(System.Logger.Level.DEBUG, "the other nodes will notice by themselves", e);
            }
        }
        thread.shutdownNow();
    }

    private void announce() {
        try {
            if (!listening) {
                bus.openTopic(TOPIC, this::hear);
                listening = true;
            }
            say(Note.Kind.ALIVE, "", "");
        } catch (BusException e) {
            LOG.log(System.Logger.Level.DEBUG, "this node is alone: {0}", e.getMessage());
        }
    }

    private void hear(Message message) {
        String from = message.headers().first(NODE).orElse("");
        if (from.isEmpty() || from.equals(node)) {
            return;
        }
        Note note = new Note(
                Note.Kind.valueOf(message.headers().first(KIND).orElse("")),
                from,
                message.headers().first(QUERY).orElse(""),
                message.body().text().orElse(""));
        boolean isNew = note.kind() != Note.Kind.GONE && lastHeardNanos.put(from, System.nanoTime()) == null;
        if (note.kind() == Note.Kind.GONE) {
            lastHeardNanos.remove(from);
        }
        if (isNew) {
            thread.execute(this::announce);
        }
        thread.execute(() -> receiver.accept(note));
    }
}
