package io.stompline.session.subscription;

import io.stompline.cluster.NodeChannel;
import io.stompline.session.former.FormerSessions;
import io.stompline.session.protocol.DurableName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The open connections of this node by their client, which is a user with a client-id or with the tab of a browser, and
 * by the durable subscriptions that they hold. When a client comes back, here or on another node, its other connections
 * have to give a sign of life: a network that dies silently leaves them open, with what they hold, for as long as
 * heart-beats allow. Thread-safe; nothing blocks.
 */
public final class ClientLinks {
    private static final String KIND = "CLIENT_CAME_BACK";

    /** So many clients go in one note, when all those of another node come at once. */
    private static final Duration TELLS_AFTER = Duration.ofMillis(100);

    private static final int MAX_TOLD = 20_000;

    /** By name at the message broker, which names the client. */
    private final ConcurrentHashMap<String, Subscription.Owner> holders = new ConcurrentHashMap<>();

    /** By client, then by session. */
    private final ConcurrentHashMap<String, Map<String, Subscription.Owner>> open = new ConcurrentHashMap<>();

    private final FormerSessions former = new FormerSessions();

    /** Clients, and names of durable subscriptions, that the other nodes will be told soon. */
    private final Set<String> fresh = ConcurrentHashMap.newKeySet();

    private volatile Predicate<String> others = key -> false;

    /**
     * Names the client in that tab of the user's browser. It is no name of a durable subscription, nor of a user with a
     * client-id: these begin with no question mark.
     */
    public static String tab(String user, String tab) {
        return "?" + DurableName.owner(user, tab);
    }

    /** Tells the other nodes of clients that come back, and hears of theirs. */
    public void connect(NodeChannel channel) {
        channel.hear(KIND, note -> note.text().lines().forEach(this::cameBackElsewhere));
        tellOthers(key -> tell(channel, key));
        former.connect(channel, this::openSessions);
    }

    private Stream<FormerSessions.Open> openSessions() {
        return open.values().stream()
                .flatMap(links -> links.values().stream())
                .map(link -> new FormerSessions.Open(link.userName(), link.sessionId()))
                .distinct();
    }

    private boolean tell(NodeChannel channel, String key) {
        if (channel.others().isEmpty()) {
            return false;
        }
        if (fresh.size() < MAX_TOLD && fresh.add(key)) {
            channel.sayGathered(TELLS_AFTER, KIND, this::takeFresh);
        }
        return true;
    }

    private String takeFresh() {
        List<String> taken = List.copyOf(fresh);
        fresh.removeAll(taken);
        return String.join("\n", taken);
    }

    /**
     * How other nodes are told of a client that came back; nobody is until then.
     *
     * @param tell tells them later, the client or the durable subscription that it wants; returns whether there are any
     */
    public void tellOthers(Predicate<String> tell) {
        others = tell;
    }

    /** A client has logged in on that connection. */
    public void enter(String client, Subscription.Owner link) {
        open.compute(client, (same, links) -> {
            Map<String, Subscription.Owner> those = links == null ? new ConcurrentHashMap<>(1) : links;
            those.put(link.sessionId(), link);
            return those;
        });
        former.began(link.userName(), link.sessionId());
    }

    /** That connection has ended. */
    public void leave(String client, Subscription.Owner link) {
        former.ended(link.userName(), link.sessionId());
        open.computeIfPresent(client, (same, links) -> {
            links.remove(link.sessionId());
            return links.isEmpty() ? null : links;
        });
    }

    /**
     * Whether that session was one of that user, or still is: of that client, or on another node, as far as this node
     * knows.
     */
    boolean isSessionOf(String user, String client, String session) {
        return former.isOf(user, session) || linksOf(client).containsKey(session);
    }

    /** The client came back on that connection: asks its others on all nodes for a sign of life. */
    public void cameBack(String client, Subscription.Owner link) {
        linksOf(client).values().stream().filter(other -> !other.equals(link)).forEach(Subscription.Owner::challenge);
        askElsewhere(client);
    }

    /**
     * A client came back on another node.
     *
     * @param key the client, or the durable subscription that it wants: no two of them have the same name
     */
    public void cameBackElsewhere(String key) {
        linksOf(key).values().forEach(Subscription.Owner::challenge);
        holder(key).ifPresent(Subscription.Owner::challenge);
    }

    /** Has the other nodes do {@link #cameBackElsewhere}; returns whether there are any. */
    boolean askElsewhere(String key) {
        return others.test(key);
    }

    private Map<String, Subscription.Owner> linksOf(String client) {
        return open.getOrDefault(client, Map.of());
    }

    /** That connection consumes the durable subscription from now on. */
    void add(String durableName, Subscription.Owner holder) {
        holders.put(durableName, holder);
    }

    /** That connection has closed its consumer; does nothing if another holds the subscription already. */
    void remove(String durableName, Subscription.Owner holder) {
        holders.remove(durableName, holder);
    }

    boolean isHeldBy(String durableName, Subscription.Owner holder) {
        return holder.equals(holders.get(durableName));
    }

    /** The connection that holds the durable subscription, unless it is that one. */
    Optional<Subscription.Owner> otherThan(Subscription.Owner own, String durableName) {
        return holder(durableName).filter(holder -> !holder.equals(own));
    }

    /** The connection of this node that holds the durable subscription. */
    Optional<Subscription.Owner> holder(String durableName) {
        return Optional.ofNullable(holders.get(durableName));
    }
}
