package io.stompline.session.subscription;

import io.stompline.frame.EncodedFrame;
import io.stompline.frame.Headers;
import io.stompline.routing.Broadcast;
import io.stompline.routing.Destination;
import io.stompline.routing.Feed;
import io.stompline.routing.Message;
import io.stompline.routing.MessageBus;
import io.stompline.session.outbox.Offer;
import io.stompline.session.outbox.OverflowPolicy;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The temporary queues of one connection: made when a {@code reply-to} names one, delivered to the connection without a
 * SUBSCRIBE, gone with the connection.
 *
 * <p>It also remembers the temporary queues of others that were shown to this connection in a {@code reply-to}: to these, and
 * to no others, it may reply. One thread at a time, but for {@link #remember}.
 */
public final class ReplyQueues {
    private static final int REMEMBERED = 1_000;

    private final Subscription.Owner owner;
    private final MessageBus bus;
    private final Map<String, Feed> own = new HashMap<>();
    private final Set<String> shown = Collections.synchronizedSet(Collections.newSetFromMap(new Remembered()));

    public ReplyQueues(Subscription.Owner owner, MessageBus bus) {
        this.owner = owner;
        this.bus = bus;
    }

    /** The address behind this connection's own name for a temporary queue; made if it is new. */
    public Destination address(Destination named) {
        Feed feed = own.get(named.text());
        if (feed == null) {
            feed = bus.openTemporaryQueue(message -> deliver(named, message));
            own.put(named.text(), feed);
        }
        return feed.address();
    }

    public boolean isNew(Destination named) {
        return !own.containsKey(named.text());
    }

    int size() {
        return own.size();
    }

    /** Where a SEND to a temporary queue goes: to the own one of that name, or to one that was shown in a reply-to. */
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

    /** Notes the reply-to of a message on its way to the client. Any thread. */
    void remember(Message message) {
        message.headers()
                .first("reply-to")
                .filter(address -> address.startsWith(Destination.Kind.TEMP_QUEUE.prefix()))
                .ifPresent(shown::add);
    }

    public void close() {
        own.values().forEach(Feed::close);
        own.clear();
    }

    private void deliver(Destination named, Message message) {
        remember(message);
        byte[] head = Broadcast.head(Headers.of("subscription", named.text()), owner.version());
        EncodedFrame frame = new Broadcast(message, named.text()).frame(owner.version(), head);
        if (owner.outbox().offer(frame, OverflowPolicy.CLOSE) == Offer.TAKEN) {
            owner.countMessage();
        }
    }

    private static final class Remembered extends LinkedHashMap<String, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }
}
