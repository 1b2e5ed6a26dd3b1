package io.stompline.session;

import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.security.Action;
import io.stompline.session.first.FirstMessages;
import io.stompline.session.first.ShownMembers;
import io.stompline.session.opening.FirstMessage;
import io.stompline.session.port.ApplicationRefusal;
import io.stompline.session.port.ClientRequest;
import io.stompline.session.port.SessionView;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import io.stompline.session.rights.Recheck;
import io.stompline.session.rights.Rights;
import io.stompline.session.subscription.ClientLinks;
import io.stompline.session.subscription.ReplyQueues;
import io.stompline.session.subscription.Subscription;
import io.stompline.session.subscription.SubscriptionView;
import io.stompline.session.subscription.Subscriptions;
import io.stompline.session.timing.AwaitedSubscribes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Carries out SUBSCRIBE and UNSUBSCRIBE of a connected client. On the lane only. */
final class Subscribing {
    private final SessionServices services;
    private final SessionView session;
    private final Rights rights;
    private final Login login;
    private final Subscription.Owner owner;
    private final Subscriptions subscriptions;
    private final FirstMessages firstMessages;
    private final Recheck recheck;
    private final AwaitedSubscribes awaited;

    /**
     * No subscription is open yet.
     *
     * @param session as listeners and beans see it
     * @param replyQueues temporary queues, which count among the subscriptions
     * @param awaited where SUBSCRIBEs wait for the message broker, which count among the subscriptions, too
     */
    Subscribing(
            SessionServices services,
            SessionView session,
            Rights rights,
            Login login,
            Subscription.Owner owner,
            ReplyQueues replyQueues,
            AwaitedSubscribes awaited) {
        this.services = services;
        this.session = session;
        this.rights = rights;
        this.login = login;
        this.owner = owner;
        this.awaited = awaited;
        this.subscriptions = new Subscriptions(owner, services.subscriptions(), replyQueues, this::tellUnsubscribed);
        this.firstMessages =
                new FirstMessages(services.first(), rights, login.caller().name());
        this.recheck = new Recheck(
                session,
                rights,
                subscriptions,
                services.application(),
                services.audit(),
                services.quotas().calls(),
                services.routes().users()::tell,
                services.limits().endsDenied());
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    /** Whether a subscription to that destination is open, also if it is not shown, because too many are there. */
    boolean isSubscribed(Destination destination) {
        return subscriptions.views().stream()
                .anyMatch(view -> view.destination().equals(destination));
    }

    /** Ends subscriptions that are not allowed any more. */
    Recheck recheck() {
        return recheck;
    }

    /** The login is complete: a client that said which one it is may have a connection that died silently. */
    void begin() {
        ClientLinks links = services.links();
        links.enter(login.durableOwner(), owner);
        login.clients().forEach(client -> links.enter(client, owner));
        login.clients().forEach(client -> links.cameBack(client, owner));
    }

    /** Ends all subscriptions. Idempotent. */
    void end() {
        ClientLinks links = services.links();
        links.leave(login.durableOwner(), owner);
        login.clients().forEach(client -> links.leave(client, owner));
        subscriptions.closeAll();
    }

    /**
     * Carries out SUBSCRIBE.
     *
     * @return that it is carried out, has to come again, or waits for the message broker without the frames after it
     * @throws StompException if it cannot be carried out
     * @throws BusException if the message broker failed; nothing has changed
     */
    Outcome subscribe(ClientFrame frame) {
        Optional<String> durableName = frame.durableName();
        boolean comesAgain = false;
        try {
            Outcome outcome = carryOut(frame);
            comesAgain = outcome instanceof Outcome.Deferred;
            return outcome;
        } finally {
            if (!comesAgain) {
                endWait(durableName);
            }
        }
    }

    private void endWait(Optional<String> durableName) {
        durableName.ifPresent(name -> subscriptions.endWait(name, login.durableOwner()));
    }

    private Outcome carryOut(ClientFrame frame) {
        Destination destination = frame.destination();
        Set<Action> actions = rights.checkSubscribe(frame);
        if (destination.isPattern() || destination.kind() == Destination.Kind.PRESENCE) {
            recheck.checkRoles(destination);
        }
        checkRoom();
        checkIsNew(frame);
        boolean answered = services.application().answersSubscribe(destination);
        if (destination.kind() == Destination.Kind.APP && !answered) {
            throw new StompException(StompError.INVALID_DESTINATION, "nothing here answers this destination");
        }
        Optional<BooleanSupplier> holderAsked = subscriptions.askHolder(frame, login.durableOwner());
        if (holderAsked.isPresent()) {
            return new Outcome.Deferred(holderAsked.get());
        }
        Optional<String> info = ShownMembers.infoOf(frame);
        FirstMessages.Request first = firstMessages.request(frame);
        if (first.hasMessages() && !owner.outbox().hasMuchRoom()) {
            return new Outcome.Deferred(owner.outbox()::hasMuchRoom);
        }
        boolean held = answered || first.hasMessages() || frame.receipt().isPresent();
        Subscription subscription;
        try {
            subscription = subscriptions.open(frame, actions, login.durableOwner(), held);
        } catch (BusException e) {
            return e.reason() == BusException.Reason.UNAVAILABLE ? await(frame, e) : heldElsewhere(frame, e);
        }
        FirstMessages.Choice choice = firstMessages.choose(
                first,
                subscription::isMeant,
                services.application().admits(session.caller(), destination),
                () -> answered ? answerTo(frame) : Optional.empty());
        services.listener().subscribed(session, subscription.view());
        services.presence().enter(destination, login.caller().name(), session.id(), info);
        // Its receipt comes before its first message.
        return new Outcome.Done(choice.receipt(), () -> subscription.begin(choice.opening()));
    }

    /**
     * Checks that one more subscription is allowed.
     *
     * @throws StompException LIMIT_EXCEEDED
     */
    void checkRoom() {
        subscriptions.checkRoom(awaited.size());
    }

    private void checkIsNew(ClientFrame subscribe) {
        if (awaited.has(subscribe)) {
            throw new StompException(
                    StompError.DUPLICATE_SUBSCRIPTION,
                    "another SUBSCRIBE of this connection has this id and waits for the message broker");
        }
    }

    private Outcome await(ClientFrame subscribe, BusException failure) {
        if (!awaited.add(subscribe)) {
            throw failure;
        }
        return new Outcome.Awaited();
    }

    private Outcome heldElsewhere(ClientFrame subscribe, BusException failure) {
        Optional<BooleanSupplier> asked = failure.reason() == BusException.Reason.IN_USE
                ? subscriptions.askElsewhere(subscribe, login.durableOwner())
                : Optional.empty();
        return new Outcome.Deferred(asked.orElseThrow(() -> refused(failure)));
    }

    /** As an error that the connection may survive, if it is one. */
    private RuntimeException refused(BusException failure) {
        StompException refusal = StompException.onlyOnce(failure);
        return refusal.error().opensNothing() && !services.limits().endsDenied() ? refusal : failure;
    }

    /** Asked when the subscription is open, so that nothing is missed between the answer and the live stream. */
    private Optional<FirstMessage> answerTo(ClientFrame subscribe) {
        ClientRequest request = new ClientRequest(
                session,
                subscribe.destination(),
                subscribe.passedOn(),
                subscribe.frame().body());
        try {
            return services.application().subscribe(request);
        } catch (RuntimeException e) {
            subscriptions.withdraw(subscribe);
            throw e instanceof ApplicationRefusal refusal ? refused(refusal) : e;
        }
    }

    /**
     * Carries out UNSUBSCRIBE. A SUBSCRIBE that waits for the message broker is forgotten, and gets no receipt.
     *
     * @throws StompException BROKER_UNAVAILABLE if a durable subscription should be deleted that is not open yet; or
     *     for a reason of {@link Subscriptions#close}
     */
    Outcome unsubscribe(ClientFrame frame) {
        if (frame.isDurable() && awaited.has(frame)) {
            throw new StompException(
                    StompError.BROKER_UNAVAILABLE,
                    "its SUBSCRIBE waits for the message broker, which has to be there to delete a durable"
                            + " subscription");
        }
        List<ClientFrame> forgotten = awaited.withdraw(frame);
        forgotten.forEach(subscribe -> endWait(subscribe.durableName()));
        if (!forgotten.isEmpty() && !subscriptions.isOpen(frame)) {
            return Outcome.DONE;
        }
        return subscriptions.close(frame).<Outcome>map(Outcome.Deferred::new).orElse(Outcome.DONE);
    }

    private void tellUnsubscribed(SubscriptionView subscription) {
        if (services.application().answersSubscribe(subscription.destination())) {
            firstMessages.noteReader(subscription.destination());
        }
        services.presence().leave(subscription.destination(), login.caller().name(), session.id());
        services.listener().unsubscribed(session, subscription);
    }

    private static StompException refused(ApplicationRefusal refusal) {
        return new StompException(StompError.REFUSED_BY_APPLICATION, refusal.getMessage());
    }
}
