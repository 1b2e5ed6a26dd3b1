package io.stompline.session.subscription;

import io.stompline.routing.Broadcast;
import io.stompline.routing.Delivery;
import io.stompline.routing.Destination;
import io.stompline.routing.Feed;
import io.stompline.routing.FeedRequest;
import io.stompline.routing.Router;
import io.stompline.session.protocol.AckMode;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.NotYetException;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The subscriptions of one connection by the name that the client gave them. One thread at a time, but for
 * {@link #abandonAll()}.
 */
public final class Subscriptions {
    /** How long the message in hand may take to be written when a connection ends. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    /** How long it may hold the thread when a subscription ends: a client that reads has it sooner. */
    private static final Duration INSTANT = Duration.ofMillis(20);

    /** A subscription with what feeds it. */
    private record Fed(Subscription subscription, Runnable close, Runnable closeAndForget) {}

    private final Subscription.Owner owner;
    private final SubscriptionServices services;
    private final ReplyQueues replyQueues;
    private final Map<String, Fed> byKey = new ConcurrentHashMap<>();
    private final Map<Long, Subscription> byNumber = new HashMap<>();
    private long lastNumber;

    public Subscriptions(Subscription.Owner owner, SubscriptionServices services, ReplyQueues replyQueues) {
        this.owner = owner;
        this.services = services;
        this.replyQueues = replyQueues;
    }

    /**
     * Checks that there may be one more.
     *
     * @throws StompException LIMIT_EXCEEDED
     */
    public void checkRoom() {
        int max = services.limits().max();
        if (byKey.size() + replyQueues.size() >= max) {
            throw new StompException(
                    StompError.LIMIT_EXCEEDED,
                    "the connection has more than " + max + " subscriptions (stompline.subscription.max)");
        }
    }

    /**
     * Subscribes; when this returns, messages published from now on will arrive.
     *
     * @param durableOwner who a durable name belongs to
     * @param held whether they are held until {@link Subscription#begin}
     * @throws StompException DUPLICATE_SUBSCRIPTION or INVALID_DESTINATION
     */
    public Subscription open(ClientFrame subscribe, Destination destination, String durableOwner, boolean held) {
        String key = key(subscribe);
        if (byKey.containsKey(key)) {
            throw new StompException(
                    StompError.DUPLICATE_SUBSCRIPTION, "another subscription of this connection has this id");
        }
        Optional<String> durable = subscribe.durableName().map(name -> DurableName.of(durableOwner, name));
        checkCombination(destination, durable.isPresent(), subscribe.selector().isPresent());
        FeedRequest request = new FeedRequest(
                destination,
                destination.kind() == Destination.Kind.QUEUE || durable.isPresent(),
                subscribe.selector(),
                durable,
                subscribe.flag("no-local", false) ? Optional.of(owner.sessionId()) : Optional.empty(),
                services.limits().maxUnacknowledged());
        lastNumber++;
        Subscription subscription = new Subscription(
                owner,
                new Subscription.Terms(
                        subscribe.id(),
                        destination,
                        subscribe.ackMode(),
                        request.excludedOrigin().isPresent(),
                        !request.acknowledged(),
                        held,
                        services.clock().instant()),
                lastNumber,
                services.limits());
        Fed fed = feed(subscription, request);
        byNumber.put(lastNumber, subscription);
        byKey.put(key, fed);
        return subscription;
    }

    /** How many there are now. Any thread. */
    public int count() {
        return byKey.size();
    }

    /** What there is now. Any thread. */
    public List<SubscriptionView> views() {
        return byKey.values().stream().map(fed -> fed.subscription().view()).toList();
    }

    /**
     * Ends a subscription, in 1.0 perhaps several, and says which; {@code durable:true} deletes a durable one for good.
     *
     * @throws NotYetException if a message of it is still on its way to the client; nothing more is delivered
     */
    public List<SubscriptionView> close(ClientFrame unsubscribe) {
        boolean forget = unsubscribe.flag("durable", false);
        List<String> keys = keys(unsubscribe);
        if (keys.isEmpty()) {
            throw new StompException(StompError.UNKNOWN_SUBSCRIPTION, "no subscription of this connection has this id");
        }
        keys.forEach(key -> byKey.get(key).subscription().deactivate());
        keys.forEach(key -> checkSettled(byKey.get(key).subscription()));
        List<SubscriptionView> closed = new ArrayList<>();
        for (String key : keys) {
            Fed fed = byKey.get(key);
            end(key, fed, forget ? fed.closeAndForget() : fed.close());
            closed.add(fed.subscription().view());
        }
        return closed;
    }

    /** Takes back what {@link #open} did, as if nobody had subscribed. */
    public void withdraw(ClientFrame subscribe) {
        String key = key(subscribe);
        Fed fed = byKey.get(key);
        end(key, fed, fed.close());
    }

    /**
     * Takes out what an ACK or NACK names.
     *
     * @return the settlement; nothing if the subscription has ended meanwhile, so that its messages are given back already
     * @throws StompException UNKNOWN_MESSAGE
     */
    public Optional<Settlement> settle(ClientFrame ackOrNack, boolean acknowledged, boolean requeue) {
        String id = ackOrNack.acknowledgedId();
        long number = number(id);
        Subscription subscription = byNumber.get(number);
        if (subscription == null) {
            if (number > 0 && number <= lastNumber) {
                return Optional.empty();
            }
            throw unknownMessage();
        }
        checkSubscription(ackOrNack, subscription);
        boolean cumulative = subscription.terms().ackMode() == AckMode.CLIENT;
        Map<String, AckLedger.Entry> taken = subscription.take(id, cumulative);
        if (taken.isEmpty()) {
            throw unknownMessage();
        }
        return Optional.of(new Settlement(subscription, taken, acknowledged, requeue));
    }

    /** Stops all deliveries at once. Any thread; does not wait. */
    public void abandonAll() {
        byKey.values().forEach(fed -> fed.subscription().abandon());
    }

    /** Ends all subscriptions and says which; what they have unacknowledged goes back. */
    public List<SubscriptionView> closeAll() {
        settleAll();
        abandonAll();
        List<SubscriptionView> closed = views();
        byKey.values().forEach(fed -> {
            fed.subscription().awaitSettled(FAREWELL);
            fed.close().run();
        });
        byKey.clear();
        byNumber.clear();
        return closed;
    }

    /** A client that says goodbye has what it was just sent, unless it does not read: nobody waits for that. */
    private void settleAll() {
        byKey.values().forEach(fed -> fed.subscription().deactivate());
        boolean patient = true;
        for (Fed fed : byKey.values()) {
            patient = patient && fed.subscription().awaitSettled(FAREWELL);
        }
    }

    private static void checkSettled(Subscription subscription) {
        if (!subscription.awaitSettled(INSTANT)) {
            throw new NotYetException(() -> subscription.awaitSettled(Duration.ZERO));
        }
    }

    private void end(String key, Fed fed, Runnable close) {
        fed.subscription().deactivate();
        byNumber.values().remove(fed.subscription());
        // To close may wait for the bus; should the connection end meanwhile, abandonAll() must find it.
        close.run();
        byKey.remove(key);
    }

    private Fed feed(Subscription subscription, FeedRequest request) {
        Destination destination = request.destination();
        boolean byItself = request.acknowledged() || request.selector().isPresent();
        return switch (destination.kind()) {
            case APP -> new Fed(subscription, () -> {}, () -> {});
            case USER ->
                registered(
                        subscription,
                        receiver ->
                                services.users().subscribe(owner.userName(), owner.sessionId(), destination, receiver));
            case TOPIC, QUEUE, TEMP_QUEUE ->
                byItself
                        ? fedByItself(subscription, request)
                        : registered(subscription, receiver -> services.router().subscribe(destination, receiver));
        };
    }

    private Fed registered(Subscription subscription, Function<Consumer<Broadcast>, Router.Registration> subscribe) {
        Router.Registration registration = subscribe.apply(broadcast -> {
            replyQueues.remember(broadcast.message());
            subscription.accept(broadcast);
        });
        return new Fed(subscription, registration::close, registration::close);
    }

    private Fed fedByItself(Subscription subscription, FeedRequest request) {
        Consumer<Delivery> receiver = delivery -> {
            replyQueues.remember(delivery.message());
            subscription.accept(delivery);
        };
        Feed feed = services.bus().open(request, receiver);
        return new Fed(subscription, feed::close, feed::closeAndForget);
    }

    private static void checkCombination(Destination destination, boolean durable, boolean selective) {
        if (destination.kind() == Destination.Kind.TEMP_QUEUE) {
            throw new StompException(
                    StompError.FORBIDDEN,
                    "a temporary queue is subscribed to by naming it in the reply-to header of a SEND");
        }
        if (destination.isPattern() && !destination.isTopic()) {
            throw new StompException(StompError.INVALID_DESTINATION, "wildcards stand for topics only");
        }
        if (durable && (!destination.isTopic() || destination.isPattern())) {
            throw new StompException(StompError.INVALID_DESTINATION, "durable:true needs a topic without wildcards");
        }
        if (selective && (destination.kind() == Destination.Kind.USER || destination.kind() == Destination.Kind.APP)) {
            throw new StompException(StompError.INVALID_DESTINATION, "a selector needs a topic or a queue");
        }
    }

    /** 1.0 "UNSUBSCRIBE": a destination will do, whether SUBSCRIBE had an id or not. */
    private List<String> keys(ClientFrame unsubscribe) {
        if (unsubscribe.id().isPresent()) {
            return Optional.of(key(unsubscribe)).filter(byKey::containsKey).stream()
                    .toList();
        }
        Destination destination = unsubscribe.destination();
        return byKey.entrySet().stream()
                .filter(entry ->
                        entry.getValue().subscription().terms().destination().equals(destination))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** STOMP 1.0 may name a subscription by its destination. */
    private static String key(ClientFrame frame) {
        return frame.id().map(id -> "id " + id).orElseGet(() -> "destination " + frame.destination());
    }

    /** 1.1 "ACK": the subscription header must match the one in MESSAGE. */
    private static void checkSubscription(ClientFrame ackOrNack, Subscription subscription) {
        if (ackOrNack.subscription().isPresent()
                && !ackOrNack.subscription().equals(subscription.terms().id())) {
            throw new StompException(
                    StompError.UNKNOWN_SUBSCRIPTION, "the message was not delivered to that subscription");
        }
    }

    /** Which subscription made an id of the form {@code number-count}; 0 if none of this connection did. */
    private static long number(String ackId) {
        int dash = ackId.indexOf('-');
        String digits = dash < 0 ? "" : ackId.substring(0, dash);
        boolean wellFormed =
                !digits.isEmpty() && digits.length() < 10 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return wellFormed ? Long.parseLong(digits) : 0;
    }

    private static StompException unknownMessage() {
        return new StompException(
                StompError.UNKNOWN_MESSAGE,
                "this connection has no unacknowledged message of that id; with ack:auto there is nothing to acknowledge");
    }
}
