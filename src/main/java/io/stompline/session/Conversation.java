package io.stompline.session;

import io.stompline.config.Setting;
import io.stompline.frame.Command;
import io.stompline.metrics.Meter;
import io.stompline.routing.BusException;
import io.stompline.routing.DeliveryDelay;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.routing.MessageBus;
import io.stompline.security.Action;
import io.stompline.security.quota.RunningCalls;
import io.stompline.session.first.ShownMembers;
import io.stompline.session.port.ClientRequest;
import io.stompline.session.port.SessionView;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import io.stompline.session.rights.Recheck;
import io.stompline.session.rights.Rights;
import io.stompline.session.subscription.ReplyQueues;
import io.stompline.session.subscription.Subscription;
import io.stompline.session.subscription.Subscriptions;
import io.stompline.session.timing.AwaitedSubscribes;
import java.util.Optional;
import java.util.function.Supplier;

/** Carries out the frames of a connected client. On the lane only. */
final class Conversation {
    private final SessionServices services;
    private final MessageBus bus;
    private final Rights rights;
    private final SessionView session;
    private final String user;
    private final ReplyQueues replyQueues;
    private final Subscriptions subscriptions;
    private final Subscribing subscribing;
    private final Publications publications;
    private final Renewal renewal;
    private final Repeats repeats;
    private final Transactions transactions;
    private final Settling settling;
    private final AwaitedSubscribes awaited;

    /**
     * For a client that just logged in.
     *
     * @param owner the connection, as its subscriptions see it
     */
    Conversation(SessionParts parts, Login login, Subscription.Owner owner) {
        this.services = parts.services();
        this.session = parts.session();
        this.awaited = parts.awaited();
        this.bus = services.routes().bus();
        this.rights = new Rights(
                session::caller,
                services.access().permissions(),
                services.quotas().store(),
                services.metrics().counter(Meter.SENDS_OVER_QUOTA));
        this.user = login.caller().name();
        this.replyQueues = new ReplyQueues(owner, bus);
        this.subscribing = new Subscribing(services, session, rights, login, owner, replyQueues, awaited);
        this.subscriptions = subscribing.subscriptions();
        this.publications = new Publications(
                rights,
                subscribing,
                replyQueues,
                owner.sessionId(),
                services.limits().namesSenders() ? Optional.of(user) : Optional.empty(),
                services.wallClock());
        this.renewal = new Renewal(services, session, parts.state(), parts.recheck()::run);
        this.repeats = new Repeats(services.sent(), user);
        this.transactions = new Transactions(bus, services.limits().transactions(), services.nanoClock());
        this.settling = new Settling(
                subscriptions,
                transactions,
                bus,
                services.limits().subscriptions().maxUnacknowledged());
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    Transactions transactions() {
        return transactions;
    }

    /** Whether the client has acknowledged all it should, and no transaction is open. Any thread. */
    boolean isSettled() {
        return subscriptions.areAcknowledged() && !transactions.areOpen();
    }

    /** Ends subscriptions that are not allowed any more. */
    Recheck recheck() {
        return subscribing.recheck();
    }

    /** The login is complete. */
    void begin() {
        subscribing.begin();
    }

    /**
     * Carries out one frame.
     *
     * @return the steps that follow its receipt; or that it has to be tried again
     * @throws StompException if it cannot be carried out
     * @throws BusException if the message broker failed; nothing has changed, but for a COMMIT
     */
    Outcome carryOut(ClientFrame frame) {
        Optional<String> key = frame.idempotencyKey();
        if (key.isEmpty()) {
            return carryOutOnce(frame);
        }
        // The client has sent the frames of a transaction again, too.
        return repeats.carryOut(
                key.get(), () -> carryOutOnce(frame), () -> frame.transaction().ifPresent(transactions::discard));
    }

    private Outcome carryOutOnce(ClientFrame frame) {
        Command command = frame.frame().command();
        switch (command) {
            case SUBSCRIBE -> {
                boolean calls = services.application().answersSubscribe(frame.destination());
                return withCall(calls || rights.mayAsk(), () -> subscribing.subscribe(frame));
            }
            case UNSUBSCRIBE -> {
                return subscribing.unsubscribe(frame);
            }
            case SEND -> {
                return switch (frame.destination().kind()) {
                    case APP -> withCall(true, () -> sendToApplication(frame));
                    case PRESENCE -> tellOfUser(frame);
                    case TOPIC, QUEUE, TEMP_QUEUE, USER -> publish(frame);
                };
            }
            case ACK, NACK -> {
                return settling.carryOut(frame);
            }
            case BEGIN -> transactions.begin(transactionOf(frame));
            case COMMIT -> {
                String transaction = transactionOf(frame);
                return withCall(transactions.calls(transaction), () -> commit(transaction));
            }
            case ABORT -> transactions.abort(transactionOf(frame));
            case CONNECT, STOMP, DISCONNECT, CONNECTED, MESSAGE, RECEIPT, ERROR ->
                throw new IllegalArgumentException(command + " is not for here");
        }
        return Outcome.DONE;
    }

    /**
     * Carries out what may wait for the application, unless as many calls of the user run as may.
     *
     * @param calls whether a handler or a check is called
     */
    private Outcome withCall(boolean calls, Supplier<Outcome> carryingOut) {
        return inCall(calls, carryingOut).orElseGet(this::whenThereIsRoom);
    }

    /** What a call gives; nothing if it could not be made. */
    private <T> Optional<T> inCall(boolean calls, Supplier<T> call) {
        if (!calls) {
            return Optional.of(call.get());
        }
        RunningCalls running = services.quotas().calls();
        if (!running.begin(user)) {
            return Optional.empty();
        }
        try {
            return Optional.of(call.get());
        } finally {
            running.end(user);
        }
    }

    private Outcome whenThereIsRoom() {
        return new Outcome.Deferred(() -> services.quotas().calls().hasRoom(user));
    }

    /**
     * Tells the client by a message that its SEND is not allowed, or its SUBSCRIBE not allowed or possible.
     *
     * @throws StompException the refusal, if it is no denial and nobody listens
     */
    void tellDenied(ClientFrame frame, StompException refusal) {
        if (refusal.error().isDenial()) {
            publishDenied(frame, refusal.getMessage());
        } else if (!tell(frame, refusal.error().sentence(), refusal.getMessage())) {
            throw refusal;
        }
        boolean hasName = frame.id().isPresent() || refusal.error() != StompError.INVALID_DESTINATION;
        if (frame.frame().command() == Command.SUBSCRIBE && hasName) {
            subscriptions.noteDenied(frame);
        }
    }

    private void publishDenied(ClientFrame frame, String detail) {
        ClientRequest request = new ClientRequest(
                session, frame.destination(), frame.passedOn(), frame.frame().body());
        try {
            services.application().tellDenied(request, detail);
        } catch (BusException e) {
            if (!tell(frame, "not allowed", detail)) {
                throw StompException.onlyOnce(e);
            }
        }
    }

    /** Tells the client without the message broker; whether it listens. */
    private boolean tell(ClientFrame frame, String problem, String detail) {
        Message notice =
                services.application().problem(session, frame.passedOn(), problem, frame.title() + ": " + detail);
        return services.routes().users().tell(notice);
    }

    /**
     * Tells the client by a message that the message broker did not take its frame, if that is the failure and the
     * client asked to be told.
     *
     * @return whether it was told; if not, the connection has to end
     */
    boolean tellUntaken(ClientFrame frame, Throwable failure) {
        return new Untaken(services, session, transactions).tell(frame, failure);
    }

    /** Releases all resources. Idempotent. */
    void end() {
        awaited.clear();
        try {
            subscribing.end();
        } finally {
            replyQueues.close();
            transactions.clear();
        }
    }

    private Outcome publish(ClientFrame frame) {
        Optional<String> transaction = frame.transaction();
        transaction.ifPresent(transactions::checkRoom);
        // Checks ask the application, the message broker does not.
        Optional<Message> checked = inCall(rights.mayAsk(), () -> publications.message(frame));
        if (checked.isEmpty()) {
            return whenThereIsRoom();
        }
        Message message = checked.get();
        if (transaction.isPresent()) {
            bus.check(message);
            transactions.add(transaction.get(), message);
        } else {
            Destination destination = message.destination();
            return hasToWait(destination) ? waiting(destination) : Outcome.done(publishOrTell(message));
        }
        return Outcome.DONE;
    }

    /** Publishes, and gives what went wrong without a fault of this client: whoever asked it may be gone by now. */
    private Optional<String> publishOrTell(Message message) {
        try {
            bus.publish(message);
            return Optional.empty();
        } catch (BusException e) {
            if (e.isGone(message.destination())) {
                return Optional.of(e.getMessage());
            }
            throw e;
        }
    }

    /**
     * Whether a SUBSCRIBE to such a topic is to be carried out first: a subscription that the client has asked for
     * before gets what it sends now. A queue keeps it, and without a message broker nothing can be sent. Any thread.
     */
    private boolean hasToWait(Destination published) {
        return !awaited.isEmpty() && published.isTopic() && bus.isAvailable() && awaited.want(published);
    }

    private Outcome waiting(Destination published) {
        return new Outcome.Deferred(() -> !hasToWait(published));
    }

    private Outcome sendToApplication(ClientFrame frame) {
        if (Renewal.isAskedFor(frame)) {
            return renewal.carryOut(frame);
        }
        Optional<String> transaction = frame.transaction();
        transaction.ifPresent(transactions::checkRoom);
        Destination destination = frame.destination();
        Publications.checkNoPattern(destination, "a SEND calls the handler of one destination");
        rights.check(Action.SEND, destination);
        DeliveryDelay.checkNone(frame.published(), "the application is called");
        ClientRequest request = new ClientRequest(
                session, destination, publications.headers(frame), frame.frame().body());
        if (transaction.isEmpty()) {
            return Outcome.done(handle(request));
        }
        transactions.add(
                transaction.get(), () -> handle(request), request.body().size());
        return Outcome.DONE;
    }

    private Optional<String> handle(ClientRequest request) {
        try {
            return services.application().send(request);
        } catch (BusException e) {
            throw StompException.onlyOnce(e);
        }
    }

    /** What a client that is in a topic tells of its user to those who see who is there. */
    private Outcome tellOfUser(ClientFrame frame) {
        Optional<String> transaction = frame.transaction();
        transaction.ifPresent(transactions::checkRoom);
        Destination topic = frame.destination().watched();
        Optional<String> info = ShownMembers.infoOf(frame.frame().body());
        if (!services.presence().covers(topic) || !isSubscribed(topic)) {
            if (hasToWait(topic)) {
                return waiting(topic);
            }
            if (awaited.want(topic)) {
                throw new BusException(
                        BusException.Reason.UNAVAILABLE, "the SUBSCRIBE to " + topic + " waits for the message broker");
            }
            throw new StompException(
                    StompError.INVALID_DESTINATION,
                    "this connection is not subscribed to " + topic + ", or it is not known who is there ("
                            + Setting.PRESENCE.key() + ")");
        }
        Supplier<Optional<String>> telling = () -> services.presence().tell(topic, user, session.id(), info)
                ? Optional.empty()
                : Optional.of(StompError.LIMIT_EXCEEDED.sentence());
        if (transaction.isEmpty()) {
            return Outcome.done(telling.get());
        }
        transactions.add(transaction.get(), telling, frame.frame().body().size());
        return Outcome.DONE;
    }

    /** Also if it is not shown, because too many are there. */
    private boolean isSubscribed(Destination topic) {
        return subscriptions.views().stream()
                .anyMatch(view -> view.destination().equals(topic));
    }

    private Outcome commit(String transaction) {
        bus.checkAvailable();
        Optional<Destination> early =
                transactions.destinations(transaction).filter(this::hasToWait).findFirst();
        if (early.isPresent()) {
            return waiting(early.get());
        }
        try {
            return Outcome.done(transactions.commit(transaction));
        } catch (BusException e) {
            throw e.reason() == BusException.Reason.GIVEN_BACK ? e : StompException.onlyOnce(e);
        }
    }

    private static String transactionOf(ClientFrame frame) {
        return frame.transaction().orElseThrow();
    }
}
