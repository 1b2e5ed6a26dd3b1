package io.stompline.session.subscription;

import io.stompline.config.Setting;
import io.stompline.frame.HeaderNames;
import io.stompline.inbox.Box;
import io.stompline.routing.Delivery;
import io.stompline.routing.Destination;
import io.stompline.routing.Feed;
import io.stompline.routing.FeedRequest;
import io.stompline.routing.Receiver;
import io.stompline.routing.hub.Broadcast;
import io.stompline.routing.hub.Router;
import io.stompline.security.Action;
import io.stompline.security.quota.DurableQuota;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.DurableName;
import io.stompline.session.protocol.ForeignHeaders;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Makes subscriptions from SUBSCRIBE frames and connects each to its source. On the lane only; may wait for the message
 * broker.
 */
final class SubscriptionFactory {
    /** Wildcards of RabbitMQ, ActiveMQ and MQTT. */
    private static final Set<String> FOREIGN_WILDCARDS = Set.of("#", ">", "+");

    private static final Set<Destination.Kind> SELECTABLE =
            Set.of(Destination.Kind.TOPIC, Destination.Kind.QUEUE, Destination.Kind.TEMP_QUEUE);

    private final Subscription.Owner owner;
    private final SubscriptionServices services;
    private final ReplyQueues replyQueues;
    private final BooleanSupplier heldBack;

    /**
     * For one connection.
     *
     * @param replyQueues where each reply-to on its way to the client is noted
     * @param heldBack whether new subscriptions begin as {@link Subscription#holdBack} leaves them
     */
    SubscriptionFactory(
            Subscription.Owner owner,
            SubscriptionServices services,
            ReplyQueues replyQueues,
            BooleanSupplier heldBack) {
        this.owner = owner;
        this.services = services;
        this.replyQueues = replyQueues;
        this.heldBack = heldBack;
    }

    /**
     * Makes a subscription; when this returns, messages published from now on will arrive.
     *
     * @param actions what the client has to be allowed as long as it is open
     * @param durableOwner who a durable name belongs to
     * @param held whether no message is sent before {@link Subscription#begin}
     * @param number which subscription of the connection it is, to keep message ids apart
     * @throws StompException INVALID_HEADER, INVALID_DESTINATION, FORBIDDEN or LIMIT_EXCEEDED
     * @throws io.stompline.routing.BusException UNAVAILABLE, REFUSED, BAD_SELECTOR or IN_USE; nothing is left open
     */
    FedSubscription open(ClientFrame subscribe, Set<Action> actions, String durableOwner, boolean held, long number) {
        FeedRequest request = request(subscribe, durableOwner);
        SubscriptionTerms terms = new SubscriptionTerms(
                subscribe.id(),
                request.destination(),
                subscribe.ackMode(),
                actions,
                request.excludedOrigin().isPresent(),
                formerSession(subscribe, durableOwner),
                held,
                services.limits().overflow().of(request, subscribe.ackMode()),
                services.clock().instant());
        MessageFrames frames =
                new MessageFrames(owner.version(), terms, number, owner.outbox().deflation());
        return request.acknowledged() ? queue(request, terms, frames) : topic(request, terms, frames);
    }

    /** Only of the same user: others may know the id of a session. */
    private Optional<String> formerSession(ClientFrame subscribe, String client) {
        return subscribe
                .header(HeaderNames.RESUMED_SESSION, Setting.HEADER_MAX_ID_CHARS)
                .filter(id -> services.links().isSessionOf(owner.userName(), client, id));
    }

    private FeedRequest request(ClientFrame subscribe, String durableOwner) {
        Destination destination = subscribe.destination();
        ForeignHeaders.check(subscribe);
        Optional<String> durable = subscribe.durableName().map(name -> DurableName.of(durableOwner, name));
        checkCombination(destination, durable.isPresent(), subscribe.selector().isPresent());
        return new FeedRequest(
                destination,
                destination.kind() == Destination.Kind.QUEUE || durable.isPresent(),
                subscribe.selector(),
                durable,
                subscribe.noLocal() ? Optional.of(owner.sessionId()) : Optional.empty(),
                services.limits().maxUnacknowledged());
    }

    private static void checkCombination(Destination destination, boolean durable, boolean selective) {
        if (destination.kind() == Destination.Kind.TEMP_QUEUE) {
            throw new StompException(
                    StompError.FORBIDDEN,
                    "a temporary queue is subscribed to by naming it in the reply-to header of a SEND");
        }
        if (destination.withoutUser().isPresent()) {
            throw new StompException(
                    StompError.INVALID_DESTINATION,
                    "users subscribe to destinations of their own, without a name: "
                            + destination.withoutUser().get());
        }
        if (destination.kind() != Destination.Kind.APP && hasForeignWildcard(destination)) {
            throw new StompException(
                    StompError.INVALID_DESTINATION,
                    "#, > and + are wildcards of other brokers; here * is one part between slashes of a topic's name, and"
                            + " ** at its end one or more: /topic/a/**");
        }
        if (destination.isPattern() && !destination.isTopic()) {
            throw new StompException(StompError.INVALID_DESTINATION, "wildcards stand for topics only");
        }
        if (durable && (!destination.isTopic() || destination.isPattern())) {
            throw new StompException(StompError.INVALID_DESTINATION, "durable:true needs a topic without wildcards");
        }
        if (selective && !SELECTABLE.contains(destination.kind())) {
            throw new StompException(StompError.INVALID_DESTINATION, "a selector needs a topic or a queue");
        }
    }

    /** As a word of its own, between slashes or dots: {@code /topic/c#} is a name. */
    private static boolean hasForeignWildcard(Destination destination) {
        return destination.segments().stream()
                .flatMap(segment -> Stream.of(segment.split("\\.")))
                .anyMatch(FOREIGN_WILDCARDS::contains);
    }

    private FedSubscription queue(FeedRequest request, SubscriptionTerms terms, MessageFrames frames) {
        int limit = services.limits().maxUnacknowledged();
        QueueSubscription subscription = new QueueSubscription(owner, terms, frames, limit);
        if (heldBack.getAsBoolean()) {
            subscription.holdBack();
        }
        return ownFeed(subscription, request, subscription);
    }

    private FedSubscription topic(FeedRequest request, SubscriptionTerms terms, MessageFrames frames) {
        int limit = services.limits().maxUnacknowledgedOfTopic();
        Optional<Box> box = services.inboxes()
                .filter(there -> terms.destination().kind() == Destination.Kind.USER)
                .flatMap(there -> there.box(owner.userName(), terms.destination()));
        TopicSubscription subscription = new TopicSubscription(owner, terms, frames, limit, replyQueues, box);
        if (request.selector().isPresent()) {
            // Back-pressure on this feed would fill the topic's store and hit its publishers.
            return ownFeed(subscription, request, subscription.via(live -> new Broadcast(live.message())));
        }
        if (terms.destination().kind() == Destination.Kind.APP) {
            return new FedSubscription(subscription, () -> {}, () -> {});
        }
        Router.Registration registration = register(terms.destination(), subscription);
        Runnable close = () -> {
            registration.close();
            box.ifPresent(Box::end);
        };
        return new FedSubscription(subscription, close, close);
    }

    private Router.Registration register(Destination destination, Receiver<Broadcast> receiver) {
        return switch (destination.kind()) {
            case USER ->
                services.routes().users().subscribe(owner.userName(), owner.sessionId(), destination, receiver);
            case PRESENCE -> services.presence().watch(destination.watched(), receiver);
            case TOPIC, QUEUE, TEMP_QUEUE, APP -> services.routes().router().subscribe(destination, receiver);
        };
    }

    private FedSubscription ownFeed(Subscription subscription, FeedRequest request, Receiver<Delivery> receiver) {
        Optional<DurableQuota.Place> place = request.durableName().map(this::takePlace);
        try {
            Receiver<Delivery> noting = receiver.via(delivery -> {
                replyQueues.remember(delivery.message().headers().first("reply-to"));
                return delivery;
            });
            Feed feed = services.routes().bus().open(request, noting);
            request.durableName().ifPresent(name -> services.links().add(name, owner));
            return new FedSubscription(
                    subscription, () -> close(request, feed::close), () -> close(request, () -> forget(feed, request)));
        } catch (RuntimeException e) {
            place.ifPresent(DurableQuota.Place::withdraw);
            throw e;
        }
    }

    private DurableQuota.Place takePlace(String durableName) {
        return services.durables()
                .take(durableName)
                .orElseThrow(() -> new StompException(
                        StompError.LIMIT_EXCEEDED,
                        "this user has " + services.durables().maxPerUser() + " durable subscriptions ("
                                + Setting.DURABLE_MAX_PER_USER.key()
                                + "); SUBSCRIBE to one of them again, then UNSUBSCRIBE with durable:true deletes it"));
    }

    private void close(FeedRequest request, Runnable feed) {
        try {
            feed.run();
        } finally {
            request.durableName().ifPresent(name -> services.links().remove(name, owner));
        }
    }

    private void forget(Feed feed, FeedRequest request) {
        feed.closeAndForget();
        request.durableName().ifPresent(services.durables()::forget);
    }
}
