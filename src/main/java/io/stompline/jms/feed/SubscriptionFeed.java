package io.stompline.jms.feed;

import io.stompline.jms.link.BrokerLink;
import io.stompline.jms.link.LinkSlot;
import io.stompline.routing.BusException;
import io.stompline.routing.Delivery;
import io.stompline.routing.Destination;
import io.stompline.routing.Feed;
import io.stompline.routing.FeedRequest;
import io.stompline.routing.Receiver;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/** The consumer of one subscription: always one {@link FeedSession}, a new one after a lost connection. Thread-safe. */
public final class SubscriptionFeed implements Feed, LinkConsumer {
    private static final Logger LOG = System.getLogger(SubscriptionFeed.class.getName());

    private final FeedRequest request;
    private final FeedSource source;
    private final FeedServices services;
    private final SerialReceiver receiver;
    private final Consumer<SubscriptionFeed> onClose;
    private final LinkSlot<FeedSession> slot = new LinkSlot<>();

    /** Whether the durable subscription is to be deleted, which could not be done yet. */
    private volatile boolean forgetting;

    /**
     * A feed that consumes from its first {@link #attach} on.
     *
     * @param onClose called once it has ended and its durable subscription, if it is to be deleted, is deleted
     * @throws BusException REFUSED or BAD_SELECTOR
     */
    public SubscriptionFeed(
            FeedRequest request,
            FeedServices services,
            Receiver<Delivery> receiver,
            Consumer<SubscriptionFeed> onClose) {
        this.request = request;
        this.source =
                new FeedSource(request, services.names(), services.provider().dialect());
        this.services = services;
        this.receiver = new SerialReceiver(receiver);
        this.onClose = onClose;
    }

    /** The request that it was opened for. */
    public FeedRequest request() {
        return request;
    }

    @Override
    public synchronized void attach(BrokerLink newLink) throws JMSException {
        if (forgetting) {
            unsubscribe(newLink);
            forgotten();
        } else {
            slot.fill(newLink.number(), () -> start(newLink));
        }
    }

    @Override
    public void detach() {
        slot.release();
    }

    @Override
    public Destination address() {
        return request.destination();
    }

    @Override
    public String name() {
        return request.destination().text();
    }

    @Override
    public void close() {
        slot.close();
        onClose.accept(this);
    }

    @Override
    public void closeAndForget() {
        slot.close();
        if (request.durableName().isEmpty() || forget()) {
            onClose.accept(this);
        }
    }

    private FeedSession start(BrokerLink link) throws JMSException {
        if (slot.wasFilled() && !request.acknowledged()) {
            receiver.interrupted();
        }
        FeedSession session = new FeedSession(link, source, request.acknowledged(), services, receiver);
        session.start();
        return session;
    }

    /**
     * Whether that is the end of it; if not, it is done when we are connected again, before anybody may take the name.
     */
    private boolean forget() {
        try {
            BrokerLink link = services.current().get();
            link.call(() -> unsubscribe(link));
            return true;
        } catch (BusException e) {
            LOG.log(Level.WARNING, "the durable subscription to {0} could not be deleted: {1}", name(), e.getMessage());
            forgetting = e.reason() == BusException.Reason.UNAVAILABLE;
            return !forgetting;
        }
    }

    private void forgotten() {
        forgetting = false;
        onClose.accept(this);
    }

    private void unsubscribe(BrokerLink over) throws JMSException {
        Session session = over.feedSession(false);
        try {
            session.unsubscribe(request.durableName().orElseThrow());
        } finally {
            session.close();
        }
    }
}
