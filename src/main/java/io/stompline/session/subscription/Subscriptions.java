package io.stompline.session.subscription;

import io.stompline.config.Setting;
import io.stompline.routing.BusException;
import io.stompline.security.Action;
import io.stompline.session.protocol.AckMode;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.DurableName;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The subscriptions of one connection by the id that the client gave them. On the lane only, except where a method says
 * "any thread".
 */
public final class Subscriptions {
    /** The longest wait for an {@code auto} delivery to be written when a connection ends. */
    private static final Duration CONNECTION_END = Duration.ofSeconds(1);

    /** The longest wait on the lane for the same when a subscription ends: a client that reads needs less. */
    private static final Duration UNSUBSCRIBE = Duration.ofMillis(20);

    private final SubscriptionServices services;
    private final ReplyQueues replyQueues;
    private final SubscriptionFactory factory;
    private final Takeover takeover;
    private final SubscriptionIndex index;
    private final Consumer<SubscriptionView> ended;
    private volatile boolean heldBack;

    /**
     * No subscription is open yet.
     *
     * @param owner the connection
     * @param replyQueues its temporary queues, which count among its subscriptions
     * @param ended called on the lane for each that ended, but for those that {@link #withdraw} undid
     */
    public Subscriptions(
            Subscription.Owner owner,
            SubscriptionServices services,
            ReplyQueues replyQueues,
            Consumer<SubscriptionView> ended) {
        this.services = services;
        this.replyQueues = replyQueues;
        this.ended = ended;
        this.index = new SubscriptionIndex(services.limits().max());
        this.factory = new SubscriptionFactory(owner, services, replyQueues, () -> heldBack);
        this.takeover = new Takeover(owner, services.links(), services.nanoClock());
    }

    /**
     * Checks that one more subscription is allowed.
     *
     * @param awaited how many others are going to be opened
     * @throws StompException LIMIT_EXCEEDED
     */
    public void checkRoom(int awaited) {
        int max = services.limits().max();
        if (count() + replyQueues.size() + awaited >= max) {
            throw new StompException(
                    StompError.LIMIT_EXCEEDED,
                    "the connection has more than " + max + " subscriptions (" + Setting.SUBSCRIPTION_MAX.key() + ")");
        }
    }

    /**
     * Asks another connection of this client that holds the durable subscription whether it is still there. Does not
     * block.
     *
     * @param durableOwner as for {@link #open}
     * @return whether the frame can come again, asked on any thread; empty if it need not wait
     * @throws StompException INVALID_HEADER
     */
    public Optional<BooleanSupplier> askHolder(ClientFrame subscribe, String durableOwner) {
        return subscribe.durableName().flatMap(name -> takeover.begin(DurableName.of(durableOwner, name)));
    }

    /**
     * After {@link #open} failed with IN_USE: asks the other nodes for a connection of this client that holds the
     * durable subscription and may be dead. Does not block.
     *
     * @return whether the frame can come again, asked on any thread; empty if it is of no use
     */
    public Optional<BooleanSupplier> askElsewhere(ClientFrame subscribe, String durableOwner) {
        return subscribe.durableName().flatMap(name -> takeover.elsewhere(DurableName.of(durableOwner, name)));
    }

    /** The SUBSCRIBE with that durable name is carried out, has failed or is forgotten: it waits for no holder. */
    public void endWait(String durableName, String durableOwner) {
        takeover.end(DurableName.of(durableOwner, durableName));
    }

    /**
     * Subscribes; when this returns, messages published from now on will arrive. May wait for the message broker.
     *
     * @param actions what the client has to be allowed as long as it is open
     * @param durableOwner who a durable name belongs to, see {@link DurableName#owner}
     * @param held whether no message is sent before {@link Subscription#begin}
     * @throws StompException DUPLICATE_SUBSCRIPTION, INVALID_HEADER, INVALID_DESTINATION, FORBIDDEN or LIMIT_EXCEEDED
     * @throws BusException UNAVAILABLE, REFUSED, BAD_SELECTOR or IN_USE; nothing is left open
     */
    public Subscription open(ClientFrame subscribe, Set<Action> actions, String durableOwner, boolean held) {
        if (index.find(subscribe).isPresent()) {
            throw new StompException(
                    StompError.DUPLICATE_SUBSCRIPTION, "another subscription of this connection has this id");
        }
        long number = index.nextNumber();
        FedSubscription fed = factory.open(subscribe, actions, durableOwner, held, number);
        index.add(subscribe, number, fed);
        if (heldBack) {
            // Perhaps since its feed was opened: holdBack() did not find it.
            fed.subscription().holdBack();
        }
        return fed.subscription();
    }

    /**
     * Remembers that a SUBSCRIBE was not allowed and a message told so: the client may unsubscribe what it believes to
     * have. The id of an open subscription still means that one.
     */
    public void noteDenied(ClientFrame subscribe) {
        index.noteDenied(subscribe);
    }

    /** Whether one is open that UNSUBSCRIBE names. */
    public boolean isOpen(ClientFrame unsubscribe) {
        return !index.named(unsubscribe).isEmpty();
    }

    /** How many there are now. Any thread. */
    public int count() {
        return index.all().size();
    }

    /** The subscriptions that are open now. Any thread. */
    public List<SubscriptionView> views() {
        return index.all().stream().map(fed -> fed.subscription().view()).toList();
    }

    /**
     * Closes the subscription that UNSUBSCRIBE names, in STOMP 1.0 perhaps several; {@code durable:true} deletes a
     * durable one with its messages. A temporary queue goes by the name that a {@code reply-to} gave it. One that was
     * denied is forgotten. Waits at most 20 ms for a message that is on its way to the client, and for the message
     * broker.
     *
     * @return empty if they are closed. If a message is still on its way the frame has to come again: whether that one
     *     has arrived or is given up; asked on any thread, does not block
     * @throws StompException INVALID_HEADER, UNKNOWN_SUBSCRIPTION, or FORBIDDEN if a denied one should be deleted
     */
    public Optional<BooleanSupplier> close(ClientFrame unsubscribe) {
        boolean forget = unsubscribe.isDurable();
        List<FedSubscription> leaving = index.named(unsubscribe);
        if (leaving.isEmpty() && (closeReplyQueue(unsubscribe) || forgetDenied(unsubscribe))) {
            return Optional.empty();
        }
        if (leaving.isEmpty()) {
            throw new StompException(StompError.UNKNOWN_SUBSCRIPTION, "no subscription of this connection has this id");
        }
        leaving.forEach(fed -> fed.subscription().deactivate());
        for (FedSubscription fed : leaving) {
            if (!fed.subscription().awaitSettled(UNSUBSCRIBE)) {
                return Optional.of(() -> fed.subscription().awaitSettled(Duration.ZERO));
            }
        }
        leaving.forEach(fed -> {
            end(fed, forget ? fed.closeAndForget() : fed.close());
            ended.accept(fed.subscription().view());
        });
        return Optional.empty();
    }

    private boolean closeReplyQueue(ClientFrame unsubscribe) {
        Optional<String> closed = replyQueues.close(unsubscribe);
        closed.ifPresent(index::noteAutomatic);
        return closed.isPresent();
    }

    private boolean forgetDenied(ClientFrame unsubscribe) {
        boolean wasDenied = index.forgetDenied(unsubscribe);
        if (wasDenied && unsubscribe.isDurable()) {
            throw new StompException(
                    StompError.FORBIDDEN,
                    "the SUBSCRIBE was not allowed, so that its durable subscription cannot be deleted");
        }
        return wasDenied;
    }

    /**
     * Closes those that are not allowed any more, as if they had never been: the client may still unsubscribe them.
     * Unacknowledged messages go back, a durable one keeps its messages. Waits at most 20 ms for each message that is
     * on its way to the client, and for the message broker.
     *
     * @throws io.stompline.routing.BusException some may be closed, and the others deliver nothing more: the connection
     *     has to end
     */
    public void closeDenied(Predicate<SubscriptionView> denied) {
        List<FedSubscription> leaving = index.all().stream()
                .filter(fed -> denied.test(fed.subscription().view()))
                .toList();
        leaving.forEach(fed -> fed.subscription().deactivate());
        leaving.forEach(fed -> {
            fed.subscription().awaitSettled(UNSUBSCRIBE);
            index.noteDenied(fed);
            end(fed, fed.close());
            ended.accept(fed.subscription().view());
        });
    }

    /** Undoes {@link #open}; a durable subscription keeps its messages. May wait for the message broker. */
    public void withdraw(ClientFrame subscribe) {
        FedSubscription fed = index.find(subscribe).orElseThrow();
        end(fed, fed.close());
    }

    /**
     * Takes out the messages that an ACK or NACK names. Does not block.
     *
     * @param acknowledged whether it is acknowledged or refused
     * @param requeue whether refused messages may be delivered again
     * @return the settlement; empty if there is nothing to settle: the message is settled already, the subscription
     *     acknowledges by itself ({@code ack:auto}), as a temporary queue does, or it has ended meanwhile and its
     *     messages are given back
     * @throws StompException UNKNOWN_MESSAGE, for an id that this connection never got, or UNKNOWN_SUBSCRIPTION
     */
    public Optional<Settlement> settle(ClientFrame ackOrNack, boolean acknowledged, boolean requeue) {
        String id = ackOrNack.acknowledgedId();
        if (MessageFrames.mayBeOwn(id) && (replyQueues.isNamed(ackOrNack) || index.namesAutomatic(ackOrNack))) {
            return Optional.empty();
        }
        Optional<Subscription> maker = index.maker(id);
        maker.ifPresent(subscription -> checkSubscription(ackOrNack, subscription));
        return maker.map(subscription -> new Settlement(subscription, take(subscription, id), acknowledged, requeue))
                .filter(settlement -> !settlement.deliveries().isEmpty());
    }

    private static Map<String, AckLedger.Unacknowledged> take(Subscription subscription, String id) {
        if (!subscription.hasShown(id)) {
            throw SubscriptionIndex.unknownMessage();
        }
        return subscription.take(id, subscription.terms().ackMode() == AckMode.CLIENT);
    }

    /** 1.1 "ACK": the subscription header must match the one in MESSAGE. */
    private static void checkSubscription(ClientFrame ackOrNack, Subscription subscription) {
        if (ackOrNack.subscription().isPresent()
                && !ackOrNack.subscription().equals(subscription.terms().id())) {
            throw new StompException(
                    StompError.UNKNOWN_SUBSCRIPTION, "the message was not delivered to that subscription");
        }
    }

    /**
     * Delivers no more of queues and durable subscriptions, nor of those that are opened later; what was delivered can
     * still be acknowledged. Any thread.
     */
    public void holdBack() {
        heldBack = true;
        index.all().forEach(fed -> fed.subscription().holdBack());
    }

    /** Whether everything is acknowledged that would be delivered again. Any thread. */
    public boolean areAcknowledged() {
        return index.all().stream().allMatch(fed -> fed.subscription().isAcknowledged());
    }

    /** Stops all deliveries, but for those that wait for the socket. Any thread; does not wait. */
    public void deactivateAll() {
        index.all().forEach(fed -> fed.subscription().deactivate());
    }

    /** Stops all deliveries at once. Any thread; does not wait. */
    public void abandonAll() {
        index.all().forEach(fed -> fed.subscription().abandon());
    }

    /**
     * Closes all subscriptions; their unacknowledged messages go back. Waits for messages that are on their way to the
     * client, at most 1 s, then at most 1 s for each that is being acknowledged, and for the message broker.
     *
     * @throws RuntimeException of the first that failed, when all the others are closed
     */
    public void closeAll() {
        settleAll();
        abandonAll();
        List<FedSubscription> leaving = List.copyOf(index.all());
        Optional<RuntimeException> failure = Optional.empty();
        for (FedSubscription fed : leaving) {
            try {
                fed.subscription().awaitSettled(CONNECTION_END);
                fed.close().run();
            } catch (RuntimeException e) {
                failure = failure.isPresent() ? failure : Optional.of(e);
            }
        }
        index.clear();
        leaving.forEach(fed -> ended.accept(fed.subscription().view()));
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /** On DISCONNECT waits up to 1 s for each {@code auto} delivery to be written; stops at the first that is not. */
    private void settleAll() {
        deactivateAll();
        boolean reads = true;
        for (FedSubscription fed : index.all()) {
            reads = reads && fed.subscription().awaitSettled(CONNECTION_END);
        }
    }

    private void end(FedSubscription fed, Runnable close) {
        fed.subscription().deactivate();
        index.removeNumber(fed);
        // To close may wait for the bus; should the connection end meanwhile, abandonAll() must find it.
        close.run();
        index.remove(fed);
    }
}
