package io.stompline.jms.feed;

import io.stompline.frame.Headers;
import io.stompline.jms.link.BrokerLink;
import io.stompline.jms.link.LinkSlot;
import io.stompline.jms.message.HeaderMapping;
import io.stompline.jms.message.MessageReader;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The JMS session and consumer of a {@link SubscriptionFeed} over one link. Its deliveries mean nothing after its end.
 * Thread-safe.
 */
final class FeedSession implements LinkSlot.Occupant {
    /** What settles one delivery. */
    @FunctionalInterface
    private interface Settling {
        /** Returns whether it took effect; if not, the session has ended before. */
        boolean run() throws JMSException;
    }

    private static final Logger LOG = System.getLogger(FeedSession.class.getName());

    private final BrokerLink link;
    private final FeedSource source;
    private final FeedServices services;
    private final SerialReceiver receiver;
    private final Session session;
    private final MessageListener listener = this::onMessage;
    private final Acknowledgements acknowledgements;
    private final Prefetch prefetch;
    private final boolean settledByReceiver;

    private final Retries retries;
    private final AtomicInteger unsettled = new AtomicInteger();

    /** The last delivery; null before the first. */
    private volatile JmsDelivery last;

    /** Set by the start. */
    private MessageConsumer consumer;

    private volatile boolean closed;

    FeedSession(
            BrokerLink link,
            FeedSource source,
            boolean settledByReceiver,
            FeedServices services,
            SerialReceiver receiver)
            throws JMSException {
        this.link = link;
        this.source = source;
        this.settledByReceiver = settledByReceiver;
        this.services = services;
        this.receiver = receiver;
        this.prefetch = new Prefetch(source.prefetch());
        this.acknowledgements = Acknowledgements.of(services.provider(), source);
        this.retries = new Retries(services.threads(), this::give, this::isOpen);
        this.session = link.feedSession(source.keepsMessages());
    }

    /** Begins to deliver. When this returns, the consumer exists at the message broker. */
    void start() throws JMSException {
        try {
            consumer = source.consumer(session);
            consumer.setMessageListener(listener);
        } catch (JMSException | RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public void listenAgain() throws JMSException {
        if (isOpen()) {
            services.provider().listenAgain(consumer, listener);
        }
    }

    boolean isOpen() {
        return !closed && !link.isLost();
    }

    /** Ends it, waits for the receiver, gives unsettled deliveries back. Idempotent; never throws. */
    @Override
    public void close() {
        release();
        closeSession();
    }

    /** Settles nothing from now on and releases waiting threads. The connection is closed with its link. Idempotent. */
    @Override
    public void release() {
        closed = true;
        acknowledgements.close();
        prefetch.close();
    }

    private void closeSession() {
        try {
            giveBack();
        } catch (IllegalStateException fromItsListener) {
            // A session cannot be closed by its own listener; the same is said of one that is closed.
            services.threads().newThread(this::closeElsewhere).start();
        } catch (JMSException | RuntimeException e) {
            noteLoss(e);
        }
    }

    private void closeElsewhere() {
        try {
            giveBack();
        } catch (JMSException | RuntimeException e) {
            noteLoss(e);
        }
    }

    private void giveBack() throws JMSException {
        if (mustMarkItself()) {
            session.recover();
        }
        session.close();
    }

    /** The connection is lost, and the session with it. */
    private void noteLoss(Exception e) {
        LOG.log(Level.DEBUG, "closing the session of {0}: {1}", source.destination(), e.getMessage());
    }

    /**
     * Whether the message broker would give back messages without the mark of redelivery: see {@link
     * io.stompline.jms.provider.ProviderDialect#recoversBeforeClose}; that is so if the message that was delivered last
     * is acknowledged. Recovering marks them, but counts as a delivery.
     */
    private boolean mustMarkItself() {
        JmsDelivery latest = last;
        return services.provider().dialect().recoversBeforeClose()
                && latest != null
                && latest.isSettled()
                && unsettled.get() > 0;
    }

    /** As {@link JmsDelivery#acknowledge}, for one who has the right to settle it. */
    boolean acknowledge(JmsDelivery delivery) {
        return settle(() -> acknowledgeOriginal(delivery));
    }

    /** As {@link JmsDelivery#reject}, for one who has the right to settle it. */
    boolean reject(JmsDelivery delivery, boolean requeue, String reason) {
        if (!source.keepsMessages() && !requeue) {
            // Every other subscriber has its own copy: nothing to put into the dead message queue.
            return true;
        }
        boolean tryAgain = requeue && services.refused().mayTryAgain(delivery.deliveries());
        if (tryAgain && source.isTopic()) {
            tryAgain(delivery);
            return isOpen();
        }
        return settle(() -> {
            sendElsewhere(delivery, tryAgain, reason);
            return acknowledgeOriginal(delivery);
        });
    }

    private boolean acknowledgeOriginal(JmsDelivery delivery) throws JMSException {
        boolean acknowledged = acknowledgements.acknowledge(delivery.original());
        if (acknowledged) {
            unsettled.decrementAndGet();
        }
        return acknowledged;
    }

    private void sendElsewhere(JmsDelivery delivery, boolean requeue, String reason) throws JMSException {
        if (requeue) {
            services.refused().requeue(link, delivery.original(), delivery.deliveries());
        } else {
            services.refused()
                    .moveToDeadQueue(
                            link, delivery.original(), delivery.message().destination(), reason, delivery.deliveries());
        }
    }

    /** Whether it took effect; if not, the end of this session has given the message back. */
    private boolean settle(Settling settling) {
        if (!isOpen()) {
            return false;
        }
        AtomicBoolean settled = new AtomicBoolean();
        link.call(() -> {
            try {
                settled.set(settling.run());
            } catch (JMSException e) {
                // It has ended meanwhile: the link need not be suspected.
                if (!closed) {
                    throw e;
                }
            } finally {
                prefetch.leave();
            }
        });
        return settled.get();
    }

    private void onMessage(jakarta.jms.Message original) {
        if (!isOpen()) {
            return;
        }
        acknowledgements.beforeReceiver();
        try {
            receive(original);
        } catch (JMSException | RuntimeException e) {
            LOG.log(Level.WARNING, "a message of {0} stays unsettled: {1}", source.destination(), e.toString());
        }
        acknowledgements.afterReceiver();
        prefetch.awaitRoom();
    }

    private void receive(jakarta.jms.Message original) throws JMSException {
        Optional<Destination> from = destination(original);
        if (from.isPresent() && services.reader().isObject(original, from.get())) {
            moveToDeadQueue(original, from.get(), "an object message is not for STOMP clients");
        } else if (from.isPresent() && isMeant(original, from.get())) {
            handOver(original, from.get());
            return;
        }
        acknowledgements.acknowledge(original);
    }

    private Optional<Destination> destination(jakarta.jms.Message original) throws JMSException {
        Destination destination = source.destination();
        return destination.isPattern() ? services.reader().destination(original) : Optional.of(destination);
    }

    private boolean isMeant(jakarta.jms.Message original, Destination from) throws JMSException {
        return !source.excludes(from, original.getStringProperty(HeaderMapping.ORIGIN_PROPERTY))
                && !(source.keepsMessages()
                        && services.commits().tookEffect(link, original, source.recordKey(original)));
    }

    private void handOver(jakarta.jms.Message original, Destination from) throws JMSException {
        Message message;
        try {
            message = services.reader().read(original, from);
        } catch (JMSException | RuntimeException e) {
            LOG.log(Level.WARNING, "a message of {0} cannot be read: {1}", source.destination(), e.toString());
            moveToDeadQueue(original, from, "the message cannot be read");
            acknowledgements.acknowledge(original);
            return;
        }
        handOver(new JmsDelivery(
                this, original, message, source.recordKey(original), MessageReader.deliveries(original)));
    }

    /** Sends it to the dead message queue, unless it is a message of a topic that keeps nothing. */
    private void moveToDeadQueue(jakarta.jms.Message original, Destination from, String reason) throws JMSException {
        if (source.keepsMessages()) {
            services.refused().moveToDeadQueue(link, original, from, reason, MessageReader.deliveries(original));
        }
    }

    private void handOver(JmsDelivery delivery) {
        last = delivery;
        unsettled.incrementAndGet();
        prefetch.enter();
        give(delivery);
        if (!settledByReceiver && isOpen()) {
            delivery.acknowledge();
        }
    }

    /** Gives it to the same receiver once more: sent to the topic again, it would reach others too. */
    private void tryAgain(JmsDelivery delivery) {
        Message message = delivery.message();
        Headers headers = new Headers.Builder()
                .addAll(message.headers().firstOfEach(name -> !name.equals(HeaderMapping.REDELIVERED)))
                .add(HeaderMapping.REDELIVERED, "true")
                .build();
        Message marked = new Message(
                message.destination(), headers, message.body(), message.origin(), message.audience(), message.id());
        retries.add(
                new JmsDelivery(this, delivery.original(), marked, delivery.recordKey(), delivery.deliveries() + 1),
                services.refused().pause(delivery.deliveries()));
    }

    private void give(JmsDelivery delivery) {
        try {
            receiver.accept(delivery);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a receiver of {0} failed: {1}", source.destination(), e.toString());
            delivery.reject(true, "the receiver failed");
        }
    }
}
