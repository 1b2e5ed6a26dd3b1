package io.stompline.cluster;

import io.stompline.bounds.OnceLog;
import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.routing.Feed;
import io.stompline.routing.Message;
import io.stompline.routing.MessageBus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Notes between the nodes, on one topic of the message broker, and from them the list of nodes. Thread-safe.
 *
 * <p>Each node announces itself every 5 s and is dropped after 16 s of silence. While the message broker is away, each
 * node is alone.
 */
public final class NodeChannel implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(NodeChannel.class.getName());
    private static final Destination TOPIC = Destination.topic("stompline/nodes");
    private static final String KIND = "kind";
    private static final String NODE = "node";
    private static final String QUERY = "query";
    private static final Duration ALIVE_EVERY = Duration.ofSeconds(5);
    private static final Duration GONE_AFTER = Duration.ofSeconds(16);
    private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(5);

    /**
     * One message between nodes.
     *
     * @param type its kind
     * @param node the sender
     * @param query id of the request that it makes or answers; empty if none
     */
    public record Note(Type type, String node, String query, String text) {
        /** Kinds of notes. */
        public enum Type {
            /** This node is there; sent every 5 s. */
            ALIVE,
            /** This node is leaving. */
            GONE,
            /** Request for the sessions of the receiving node. */
            LIST_SESSIONS,
            /** Reply with the sessions of this node, as JSON. */
            SESSIONS,
            /** Spends a ticket: the first line of the text is the node that issued it, the second its fingerprint. */
            REDEEM_TICKET,
            /** Reply of that node with the caller, as JSON; empty if the ticket is refused. */
            TICKET,
            /** The keys that users sent frames under, see SentKeys. */
            SENT_KEYS,
            /** A client has come back on this node: the text is its user and its id, see ClientLinks. */
            CLIENT_CAME_BACK,
            /** Ends a session, or those of a user, as JSON. */
            DISCONNECT,
            /** An application has ended an HTTP session: the text is its key. */
            HTTP_SESSION_ENDED,
            /** An HTTP session has ended, perhaps by time on this node only: the text is its key. */
            HTTP_SESSION_PERHAPS_ENDED,
            /** An HTTP session has another id: the lines of the text are its old and its new key. */
            HTTP_SESSION_RENAMED
        }
    }

    private final OnceLog failures = new OnceLog(LOG);
    private final MessageBus bus;
    private final String node;
    private final Consumer<Note> receiver;
    private final Map<String, Long> lastHeardNanos = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread created = new Thread(task, "stompline-nodes");
        created.setDaemon(true);
        return created;
    });

    /** Receives the notes of other nodes; used on {@link #thread} only. */
    private Optional<Feed> feed = Optional.empty();

    private volatile boolean leaving;

    /**
     * Joins the other nodes in the background.
     *
     * @param receiver called with the notes of other nodes, on the channel's own thread
     */
    public NodeChannel(MessageBus bus, String node, Consumer<Note> receiver) {
        this.bus = bus;
        this.node = node;
        this.receiver = receiver;
        var unused = thread.scheduleWithFixedDelay(this::announce, 0, ALIVE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The known nodes, without this one. */
    public Set<String> others() {
        long now = System.nanoTime();
        lastHeardNanos.values().removeIf(heard -> now - heard > GONE_AFTER.toNanos());
        return Set.copyOf(lastHeardNanos.keySet());
    }

    /**
     * Sends a note to the other nodes.
     *
     * @throws BusException UNAVAILABLE
     */
    public void say(Note.Type type, String query, String text) {
        bus.publish(Message.of(TOPIC, Headers.of(KIND, type.name(), NODE, node, QUERY, query), Body.utf8(text), node));
    }

    /** Sends a note when the thread of the channel comes to it; what the message broker does not take is logged. */
    public void sayLater(Note.Type type, String text) {
        try {
            thread.execute(() -> trySay(type, text));
        } catch (RejectedExecutionException leaving) {
            LOG.log(System.Logger.Level.DEBUG, "this node leaves, and says no more");
        }
    }

    private void trySay(Note.Type type, String text) {
        try {
            say(type, "", text);
            failures.mended(type);
        } catch (BusException e) {
            failures.log(
                    System.Logger.Level.WARNING,
                    type,
                    "the other nodes were not told: " + type + ": " + e.getMessage() + "; said once until they are");
        }
    }

    /** Sends GONE to the others, and waits up to 5 s until it is sent. */
    @Override
    public void close() {
        leaving = true;
        // After the notes under way: a note after GONE would make this node known to the others again.
        thread.execute(this::leave);
        try {
            if (!thread.awaitTermination(LEAVE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void announce() {
        try {
            if (feed.isEmpty()) {
                feed = Optional.of(bus.openTopic(TOPIC, this::hear));
            }
            say(Note.Type.ALIVE, "", "");
        } catch (BusException e) {
            LOG.log(System.Logger.Level.DEBUG, "this node is alone: {0}", e.getMessage());
        }
    }

    private void leave() {
        feed.ifPresent(Feed::close);
        try {
            if (feed.isPresent()) {
                say(Note.Type.GONE, "", "");
            }
        } catch (BusException e) {
            LOG.log(System.Logger.Level.DEBUG, "the other nodes will notice by themselves", e);
        }
        thread.shutdown();
    }

    private void hear(Message message) {
        String from = message.headers().first(NODE).orElse("");
        Optional<Note.Type> type = type(message);
        if (leaving || from.isEmpty() || from.equals(node) || type.isEmpty()) {
            return;
        }
        Note note = new Note(
                type.get(),
                from,
                message.headers().first(QUERY).orElse(""),
                message.body().text().orElse(""));
        boolean isNew = note.type() != Note.Type.GONE && lastHeardNanos.put(from, System.nanoTime()) == null;
        if (note.type() == Note.Type.GONE) {
            lastHeardNanos.remove(from);
        }
        if (isNew) {
            thread.execute(this::announce);
        }
        thread.execute(() -> receive(note));
    }

    private void receive(Note note) {
        try {
            receiver.accept(note);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "a note of another node was not carried out: " + note.type(), e);
        }
    }

    /** A newer version may have others. */
    private static Optional<Note.Type> type(Message message) {
        String name = message.headers().first(KIND).orElse("");
        return Stream.of(Note.Type.values())
                .filter(type -> type.name().equals(name))
                .findFirst();
    }
}
