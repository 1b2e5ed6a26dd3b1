package io.stompline.session;

import io.stompline.frame.Command;
import io.stompline.metrics.Meter;
import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.routing.MessageBus;
import io.stompline.security.quota.RunningCalls;
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
    private final Repeats repeats;
    private final Transactions transactions;
    private final Sending sending;
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
        this.repeats = new Repeats(services.sent(), user);
        this.transactions = new Transactions(bus, services.limits().transactions(), services.nanoClock());
        this.sending = new Sending(parts, user, rights, subscribing, replyQueues, transactions);
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
                return sending.carryOut(frame);
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
        if (!calls) {
            return carryingOut.get();
        }
        RunningCalls running = services.quotas().calls();
        return running.call(user, carryingOut).orElseGet(() -> new Outcome.Deferred(() -> running.hasRoom(user)));
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

    private Outcome commit(String transaction) {
        bus.checkAvailable();
        Optional<Destination> early =
                transactions.destinations(transaction).filter(awaited::precede).findFirst();
        if (early.isPresent()) {
            return new Outcome.Deferred(() -> !awaited.precede(early.get()));
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
