package io.stompline.session.subscription;

import io.stompline.bounds.RecentMap;
import io.stompline.frame.Deflation;
import io.stompline.frame.EncodedFrame;
import io.stompline.frame.Headers;
import io.stompline.routing.Destination;
import io.stompline.routing.Feed;
import io.stompline.routing.Message;
import io.stompline.routing.MessageBus;
import io.stompline.routing.hub.Broadcast;
import io.stompline.session.outbox.Offer;
import io.stompline.session.outbox.Outbox;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.OverflowPolicy;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The temporary queues of one connection: opened when a {@code reply-to} names one, delivered without a SUBSCRIBE,
 * closed by UNSUBSCRIBE or with the connection.
 *
 * <p>Remembers the last 1,000 temporary queues of others that a {@code reply-to} showed to this connection: it may
 * reply to these only. One thread at a time, except {@link #remember}.
 */
public final class ReplyQueues {
    private static final int MAX_REMEMBERED = 1_000;

    private final Subscription.Owner owner;
    private final Outbox outbox;
    private final MessageBus bus;
    private final Map<String, Feed> own = new HashMap<>();
    private final Set<String> shown =
            Collections.synchronizedSet(Collections.newSetFromMap(new RecentMap<>(MAX_REMEMBERED)));

    /**
     * No temporary queue is open yet.
     *
     * @param owner the connection that replies go to
     * @param bus opens the queues
     */
    public ReplyQueues(Subscription.Owner owner, MessageBus bus) {
        this.owner = owner;
        this.outbox = owner.outbox();
        this.bus = bus;
    }

    /**
     * Resolves this connection's name for a temporary queue to its address; opens the queue if the name is new. May
     * wait for the bus.
     *
     * @throws io.stompline.routing.BusException UNAVAILABLE or REFUSED; no queue is opened
     */
    public Destination address(Destination named) {
        Feed feed = own.get(named.text());
        if (feed == null) {
            feed = bus.openTemporaryQueue(message -> deliver(named, message));
            own.put(named.text(), feed);
        }
        return feed.address();
    }

    /** Whether {@link #address} would open a queue for this name. */
    public boolean isNew(Destination named) {
        return !own.containsKey(named.text());
    }

    /** The number of open temporary queues. */
    int size() {
        return own.size();
    }

    /**
     * Resolves the destination of a SEND: this connection's own queue of that name, or one that a reply-to showed to
     * it.
     *
     * @throws StompException FORBIDDEN: it is neither
     */
    public Destination target(Destination sentTo) {
        if (own.containsKey(sentTo.text())) {
            return own.get(sentTo.text()).address();
        }
        if (shown.contains(sentTo.text())) {
            return sentTo;
        }
        throw new StompException(
                StompError.FORBIDDEN,
                "a temporary queue takes replies only from those who were shown it in a reply-to header");
    }

    /** Notes the reply-to of a message on its way to the client. Any thread; does not block. */
    void remember(Optional<String> replyTo) {
        if (replyTo.isPresent() && replyTo.get().startsWith(Destination.Kind.TEMP_QUEUE.prefix())) {
            shown.add(replyTo.get());
        }
    }

    /**
     * Closes the queue that an UNSUBSCRIBE names, by the id under which its messages come or, in 1.0, by its
     * destination. May wait for the bus.
     *
     * @return its name; empty if there was none
     */
    Optional<String> close(ClientFrame unsubscribe) {
        String named =
                unsubscribe.id().orElseGet(() -> unsubscribe.destination().text());
        Optional<Feed> feed = Optional.ofNullable(own.remove(named));
        feed.ifPresent(Feed::close);
        return feed.map(closed -> named);
    }

    /** Whether an ACK or NACK may mean an answer: it names an open queue, or nothing while there is one. */
    boolean isNamed(ClientFrame ackOrNack) {
        return ackOrNack.subscription().map(own::containsKey).orElse(!own.isEmpty());
    }

    /** Closes all queues. May wait for the bus; idempotent. */
    public void close() {
        own.values().forEach(Feed::close);
        own.clear();
    }

    /** On the thread of the queue's feed; does not block. */
    private void deliver(Destination named, Message message) {
        Broadcast broadcast = new Broadcast(message, named.text());
        remember(broadcast.replyTo());
        byte[] head = Broadcast.head(Headers.of("subscription", named.text()), owner.version());
        // Plain: a reply is for one client, and may have a secret of the replier beside text of the client.
        EncodedFrame frame = broadcast.frame(owner.version(), head, Deflation.NONE);
        if (outbox.offer(frame, OverflowPolicy.CLOSE) == Offer.TAKEN) {
            owner.countMessage();
        }
    }
}
