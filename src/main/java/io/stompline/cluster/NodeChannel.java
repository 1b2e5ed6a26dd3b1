package io.stompline.cluster;

import io.stompline.bounds.OnceLog;
import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.routing.Feed;
import io.stompline.routing.Message;
import io.stompline.routing.MessageBus;
import io.stompline.routing.Receiver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Notes between the nodes, on one topic of the message broker, and from them the list of nodes. Thread-safe.
 *
 * <p>A part of a node that has something to tell the same part of others says notes of a kind that no other part says,
 * and {@linkplain #hear hears} those of that kind.
 *
 * <p>Each node announces itself every 5 s and is dropped after 16 s of silence. While the message broker is away, each
 * node is alone.
 */
public final class NodeChannel implements AutoCloseable {
    /** The kind of the note by which a node says that it is there, at first and then every 5 s. */
    public static final String ALIVE = "ALIVE";

    /** The kind of the last note of a node, which leaves. */
    public static final String GONE = "GONE";

    private static final System.Logger LOG = System.getLogger(NodeChannel.class.getName());
    private static final Destination TOPIC = Destination.topic("stompline/nodes");
    private static final String KIND = "kind";
    private static final String NODE = "node";
    private static final String QUERY = "query";
    private static final Duration ALIVE_EVERY = Duration.ofSeconds(5);
    private static final Duration GONE_AFTER = Duration.ofSeconds(16);
    /** Two notes to itself have not come back. */
    private static final Duration CUT_OFF_AFTER = Duration.ofSeconds(11);

    private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(5);

    /**
     * One message between nodes.
     *
     * @param kind which part of a node it is for
     * @param node the sender
     * @param query id of the request that it makes or answers; empty if none
     */
    public record Note(String kind, String node, String query, String text) {}

    private final OnceLog failures = new OnceLog(LOG);
    private final Map<String, List<Consumer<Note>>> receivers = new ConcurrentHashMap<>();

    /** For what this node said itself. */
    private final Map<String, Consumer<Note>> receiversOfOwn = new ConcurrentHashMap<>();

    /** What will be said soon, by kind. */
    private final Map<String, Supplier<String>> gathered = new ConcurrentHashMap<>();

    private final Map<String, Long> lastHeardNanos = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread created = new Thread(task, "stompline-nodes");
        created.setDaemon(true);
        return created;
    });

    /** Receives the notes of other nodes; used on {@link #thread} only. */
    private Optional<Feed> feed = Optional.empty();

    /** Receives what others send to this node alone; used on {@link #thread} only. */
    private Optional<Feed> feedOfOwn = Optional.empty();

    private volatile Optional<Receiver<Message>> receiverAtName = Optional.empty();

    private volatile boolean leaving;

    private volatile boolean heardItself;
    private volatile long heardItselfNanos;

    /** Null until {@link #join}. */
    private volatile MessageBus bus;

    /** The name of this node. */
    private volatile String node = "";

    /**
     * Asks for the notes of a kind. Called before {@link #join}.
     *
     * @param receiver called with those of other nodes, on the channel's own thread
     */
    public void hear(String kind, Consumer<Note> receiver) {
        receivers.computeIfAbsent(kind, first -> new CopyOnWriteArrayList<>()).add(receiver);
    }

    /**
     * Asks for the notes of a kind that this node says itself, as the message broker brings them back. Called before
     * {@link #join}.
     *
     * @param receiver called on the channel's own thread
     */
    public void hearOwn(String kind, Consumer<Note> receiver) {
        receiversOfOwn.put(kind, receiver);
    }

    /**
     * Receives what other nodes {@linkplain #send send} to the name of this node. Called before {@link #join}, once.
     *
     * @param receiver called on a thread of the message broker's; must not block
     */
    public void receiveAtName(Receiver<Message> receiver) {
        receiverAtName = Optional.of(receiver);
    }

    /**
     * Joins the other nodes in the background. Called once.
     *
     * @param name of this node, which no other has
     */
    public void join(MessageBus messages, String name) {
        bus = messages;
        node = name;
        var unused = thread.scheduleWithFixedDelay(this::announce, 0, ALIVE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The name of this node; empty before {@link #join}. */
    public String name() {
        return node;
    }

    /**
     * Whether this node is among the others, as far as it can tell: what it says comes back from the message broker.
     * If not, it is this node that is silent, and not they.
     */
    public boolean isConnected() {
        MessageBus joined = bus;
        return joined != null
                && !leaving
                && heardItself
                && System.nanoTime() - heardItselfNanos <= CUT_OFF_AFTER.toNanos()
                && joined.isAvailable();
    }

    /** Whether it has said that it leaves, or is about to. */
    public boolean isLeaving() {
        return leaving;
    }

    /** The known nodes, without this one; none before {@link #join}. */
    public Set<String> others() {
        long now = System.nanoTime();
        lastHeardNanos.values().removeIf(heard -> now - heard > GONE_AFTER.toNanos());
        return Set.copyOf(lastHeardNanos.keySet());
    }

    /**
     * Sends a note to the other nodes. Called after {@link #join}.
     *
     * @throws BusException UNAVAILABLE
     */
    public void say(String kind, String query, String text) {
        bus.publish(Message.of(TOPIC, Headers.of(KIND, kind, NODE, node, QUERY, query), Body.utf8(text), node));
    }

    /**
     * Sends a note to the other nodes, if there are any, when the thread of the channel comes to it; what the message
     * broker does not take is logged. Does not block.
     *
     * @return whether there are any
     */
    public boolean sayLater(String kind, String text) {
        boolean others = !others().isEmpty();
        if (others) {
            later(Duration.ZERO, () -> trySay(kind, text));
        }
        return others;
    }

    /**
     * As {@link #sayLater}, with a text that is asked for after a while, or when this node leaves. Does not block.
     *
     * @param text what there is to say by then, asked for even if there is no other node
     */
    public void sayGathered(Duration delay, String kind, Supplier<String> text) {
        if (gathered.put(kind, text) == null) {
            later(delay, () -> sayGathered(kind));
        }
    }

    /**
     * Receives what another node {@linkplain #send sends} to an address, which this node told it. Called after {@link
     * #join}.
     *
     * @param address letters and digits
     * @param receiver called on a thread of the message broker's; must not block
     * @throws BusException as {@link MessageBus#openTopic}
     */
    public Feed receive(String address, Receiver<Message> receiver) {
        return bus.openTopic(at(address), receiver);
    }

    /**
     * Sends to the node that {@linkplain #receive receives} at an address, or {@linkplain #receiveAtName at its name}:
     * what is too large for a note to all, or concerns no other.
     *
     * @throws BusException as {@link MessageBus#publish}
     */
    public void send(String address, Headers headers, Body body) {
        bus.publish(Message.of(at(address), headers, body, node));
    }

    private static Destination at(String address) {
        return Destination.topic(TOPIC.name() + "/" + address);
    }

    private void later(Duration delay, Runnable task) {
        try {
            var unused = thread.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException leaving) {
            LOG.log(System.Logger.Level.DEBUG, "this node leaves, and says no more");
        }
    }

    private void sayGathered(String kind) {
        Optional<String> text = Optional.ofNullable(gathered.remove(kind)).map(Supplier::get);
        if (text.isPresent() && !others().isEmpty()) {
            trySay(kind, text.get());
        }
    }

    private void trySay(String kind, String text) {
        try {
            say(kind, "", text);
            failures.mended(kind);
        } catch (BusException e) {
            failures.log(
                    System.Logger.Level.WARNING,
                    kind,
                    "the other nodes were not told: " + kind + ": " + e.getMessage() + "; said once until they are");
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
            say(ALIVE, "", "");
            if (feedOfOwn.isEmpty()) {
                feedOfOwn = receiverAtName.map(receiver -> receive(node, receiver));
            }
        } catch (BusException e) {
            LOG.log(System.Logger.Level.DEBUG, "this node is alone: {0}", e.getMessage());
        }
    }

    private void leave() {
        // Again, if there was too much for one note.
        while (!gathered.isEmpty()) {
            gathered.keySet().forEach(this::sayGathered);
        }
        feedOfOwn.ifPresent(Feed::close);
        feed.ifPresent(Feed::close);
        try {
            if (feed.isPresent()) {
                say(GONE, "", "");
            }
        } catch (BusException e) {
            LOG.log(System.Logger.Level.DEBUG, "the other nodes will notice by themselves", e);
        }
        thread.shutdown();
    }

    private void hear(Message message) {
        Note note = new Note(
                message.headers().first(KIND).orElse(""),
                message.headers().first(NODE).orElse(""),
                message.headers().first(QUERY).orElse(""),
                message.body().text().orElse(""));
        boolean own = note.node().equals(node);
        if (own) {
            heardItselfNanos = System.nanoTime();
            heardItself = true;
        }
        if (leaving || note.node().isEmpty()) {
            return;
        }
        if (own) {
            Optional.ofNullable(receiversOfOwn.get(note.kind()))
                    .ifPresent(to -> thread.execute(() -> receive(note, to)));
            return;
        }
        boolean gone = note.kind().equals(GONE);
        boolean isNew = !gone && lastHeardNanos.put(note.node(), System.nanoTime()) == null;
        if (gone) {
            lastHeardNanos.remove(note.node());
        }
        if (isNew) {
            thread.execute(this::announce);
        }
        // A newer version may have kinds that nobody here hears.
        receivers.getOrDefault(note.kind(), List.of()).forEach(to -> thread.execute(() -> receive(note, to)));
    }

    private static void receive(Note note, Consumer<Note> receiver) {
        try {
            receiver.accept(note);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "a note of another node was not carried out: " + note.kind(), e);
        }
    }
}
