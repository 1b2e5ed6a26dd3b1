package io.stompline.session.subscription;

import io.stompline.bounds.RecentMap;
import io.stompline.cluster.NodeChannel;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The open connections of this node by their client, which is a user with a client-id, and by the durable subscriptions
 * that they hold. When a client comes back, here or on another node, its other connections have to give a sign of life:
 * a network that dies silently leaves them open, with what they hold, for as long as heart-beats allow. Of those that
 * have ended it knows for a while whose they were. Thread-safe; nothing blocks.
 */
public final class ClientLinks {
    private static final String KIND = "CLIENT_CAME_BACK";
    private static final int MAX_ENDED = 10_000;

    /** By name at the message broker, which names the client. */
    private final ConcurrentHashMap<String, Subscription.Owner> holders = new ConcurrentHashMap<>();

    /** By client. */
    private final ConcurrentHashMap<String, Set<Subscription.Owner>> open = new ConcurrentHashMap<>();

    /** Users by the sessions that ended last. */
    private final Map<String, String> ended = Collections.synchronizedMap(new RecentMap<>(MAX_ENDED));

    private volatile Predicate<String> others = client -> false;

    /** Tells the other nodes of each client that comes back, and hears of theirs. */
    public void connect(NodeChannel channel) {
        channel.hear(KIND, note -> cameBackElsewhere(note.text()));
        tellOthers(client -> channel.sayLater(KIND, client));
    }

    /**
     * How other nodes are told of a client that came back; nobody is until then.
     *
     * @param tell tells them later; returns whether there are any
     */
    public void tellOthers(Predicate<String> tell) {
        others = tell;
    }

    /** A client has logged in on that connection. */
    public void enter(String client, Subscription.Owner link) {
        open.compute(client, (same, links) -> {
            Set<Subscription.Owner> those = links == null ? ConcurrentHashMap.newKeySet(1) : links;
            those.add(link);
            return those;
        });
    }

    /** That connection has ended. */
    public void leave(String client, Subscription.Owner link) {
        ended.put(link.sessionId(), link.userName());
        open.computeIfPresent(client, (same, links) -> {
            links.remove(link);
            return links.isEmpty() ? null : links;
        });
    }

    /** Whether that session was one of that user, or still is one of that client, as far as this node knows. */
    boolean isSessionOf(String user, String client, String session) {
        return user.equals(ended.get(session))
                || linksOf(client).anyMatch(link -> link.sessionId().equals(session));
    }

    /** The client came back on that connection: asks its others on all nodes for a sign of life. */
    public void cameBack(String client, Subscription.Owner link) {
        linksOf(client).filter(other -> !other.equals(link)).forEach(Subscription.Owner::challenge);
        askElsewhere(client);
    }

    /** The client came back on another node. */
    public void cameBackElsewhere(String client) {
        linksOf(client).forEach(Subscription.Owner::challenge);
    }

    /** Asks the connections of that client to other nodes for a sign of life; whether there are other nodes. */
    boolean askElsewhere(String client) {
        return others.test(client);
    }

    private Stream<Subscription.Owner> linksOf(String client) {
        return open.getOrDefault(client, Set.of()).stream();
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
