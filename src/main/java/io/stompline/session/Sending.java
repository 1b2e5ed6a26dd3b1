package io.stompline.session;

import io.stompline.config.Setting;
import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
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
import io.stompline.session.protocol.ForeignHeaders;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import io.stompline.session.protocol.TimeToLive;
import io.stompline.session.rights.Rights;
import io.stompline.session.subscription.ReplyQueues;
import io.stompline.session.timing.AwaitedSubscribes;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Carries out the SENDs of a connected client: to topics and queues, to the application, and to those who see who is in
 * a topic. On the lane only.
 */
final class Sending {
    private final SessionServices services;
    private final SessionView session;
    private final MessageBus bus;
    private final RunningCalls calls;
    private final String user;
    private final Rights rights;
    private final Subscribing subscribing;
    private final ReplyQueues replyQueues;
    private final Transactions transactions;
    private final Renewal renewal;
    private final AwaitedSubscribes awaited;

    /** Who every message says has sent it; empty if names are private. */
    private final Optional<String> sender;

    /**
     * For one connection.
     *
     * @param user whose it is
     * @param subscribing has the subscriptions among which temporary queues count
     * @param transactions take what is sent at COMMIT
     */
    Sending(
            SessionParts parts,
            String user,
            Rights rights,
            Subscribing subscribing,
            ReplyQueues replyQueues,
            Transactions transactions) {
        this.services = parts.services();
        this.session = parts.session();
        this.bus = services.routes().bus();
        this.calls = services.quotas().calls();
        this.user = user;
        this.rights = rights;
        this.subscribing = subscribing;
        this.replyQueues = replyQueues;
        this.transactions = transactions;
        this.renewal = new Renewal(services, session, parts.state(), parts.recheck()::run);
        this.awaited = parts.awaited();
        this.sender = services.limits().namesSenders() ? Optional.of(user) : Optional.empty();
    }

    /**
     * Carries out one SEND, or keeps it for COMMIT.
     *
     * @return that it is carried out, or has to come again
     * @throws StompException INVALID_DESTINATION, INVALID_HEADER, FORBIDDEN, LIMIT_EXCEEDED or DESTINATION_FULL; or
     *     what the application failed
     * @throws BusException BAD_HEADER, or what the message broker failed; nothing has changed
     */
    Outcome carryOut(ClientFrame send) {
        Destination destination = send.destination();
        return switch (destination.kind()) {
            case TOPIC, QUEUE, TEMP_QUEUE, USER -> publish(send, destination);
            case APP ->
                calls.call(user, () -> callApplication(send, destination)).orElseGet(this::whenThereIsRoom);
            case PRESENCE -> tellOfUser(send, destination.watched());
        };
    }

    private Outcome whenThereIsRoom() {
        return new Outcome.Deferred(() -> calls.hasRoom(user));
    }

    private Outcome publish(ClientFrame send, Destination destination) {
        Optional<String> transaction = send.transaction();
        transaction.ifPresent(transactions::checkRoom);
        // Checks ask the application, the message broker does not.
        Optional<Message> checked = rights.mayAsk()
                ? calls.call(user, () -> message(send, destination))
                : Optional.of(message(send, destination));
        if (checked.isEmpty()) {
            return whenThereIsRoom();
        }
        Message message = checked.get();
        if (transaction.isPresent()) {
            bus.check(message);
            transactions.add(transaction.get(), message);
            return Outcome.DONE;
        }
        Destination target = message.destination();
        return awaited.precede(target) ? afterSubscribe(target) : Outcome.done(publishOrTell(message));
    }

    private Outcome afterSubscribe(Destination published) {
        return new Outcome.Deferred(() -> !awaited.precede(published));
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

    private Message message(ClientFrame send, Destination destination) {
        Destination target = target(destination);
        if (target.kind() == Destination.Kind.TEMP_QUEUE) {
            DeliveryDelay.checkNone(send.published(), "a temporary queue delivers");
        }
        ForeignHeaders.checkSend(send);
        boolean delayed = DeliveryDelay.millis(send.published()) > 0;
        rights.checkRoom(target, send.frame().body().size(), delayed);
        Headers headers = TimeToLive.asMoment(headers(send), services.wallClock());
        return Message.of(target, headers, send.frame().body(), session.id());
    }

    private Destination target(Destination destination) {
        checkNoPattern(destination, "a message goes to one destination; wildcards are for SUBSCRIBE");
        if (destination.kind() == Destination.Kind.TEMP_QUEUE) {
            return replyQueues.target(destination);
        }
        if (destination.kind() == Destination.Kind.USER) {
            throw new StompException(StompError.FORBIDDEN, "only the application sends to users");
        }
        rights.check(Action.SEND, destination);
        return destination;
    }

    private static void checkNoPattern(Destination destination, String refusal) {
        if (destination.isPattern()) {
            throw new StompException(StompError.INVALID_DESTINATION, refusal);
        }
    }

    /**
     * The headers that travel: those of the client without what only the server says, the address of a reply, and who
     * sent it. In a message that a client published, receivers can rely on the last.
     */
    private Headers headers(ClientFrame send) {
        return new Headers.Builder()
                .addAll(send.published())
                .add(
                        HeaderNames.REPLY_TO,
                        send.replyTo().map(replyTo -> address(replyTo).text()))
                .add(HeaderNames.SENDER, sender)
                .build();
    }

    /** Others will send there on behalf of this user, so the user needs the right to send there. */
    private Destination address(Destination replyTo) {
        checkNoPattern(replyTo, "a reply goes to one destination; reply-to has no wildcards");
        return switch (replyTo.kind()) {
            case TOPIC, QUEUE -> {
                rights.check(Action.REPLY_TO, replyTo);
                yield replyTo;
            }
            case TEMP_QUEUE -> {
                if (replyQueues.isNew(replyTo)) {
                    subscribing.checkRoom();
                }
                yield replyQueues.address(replyTo);
            }
            case USER, APP, PRESENCE ->
                throw new StompException(
                        StompError.INVALID_DESTINATION, "replies go to a /topic/, a /queue/ or a /temp-queue/");
        };
    }

    private Outcome callApplication(ClientFrame send, Destination destination) {
        if (Renewal.isAskedFor(send)) {
            return renewal.carryOut(send);
        }
        Optional<String> transaction = send.transaction();
        transaction.ifPresent(transactions::checkRoom);
        checkNoPattern(destination, "a SEND calls the handler of one destination");
        rights.check(Action.SEND, destination);
        DeliveryDelay.checkNone(send.published(), "the application is called");
        ClientRequest request = new ClientRequest(
                session, destination, headers(send), send.frame().body());
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
    private Outcome tellOfUser(ClientFrame send, Destination topic) {
        Optional<String> transaction = send.transaction();
        transaction.ifPresent(transactions::checkRoom);
        Optional<String> info = ShownMembers.infoOf(send.frame().body());
        if (!services.presence().covers(topic) || !subscribing.isSubscribed(topic)) {
            return refuseOrWait(topic);
        }
        Supplier<Optional<String>> telling = () -> services.presence().tell(topic, user, session.id(), info)
                ? Optional.empty()
                : Optional.of(StompError.LIMIT_EXCEEDED.sentence());
        if (transaction.isEmpty()) {
            return Outcome.done(telling.get());
        }
        transactions.add(transaction.get(), telling, send.frame().body().size());
        return Outcome.DONE;
    }

    private Outcome refuseOrWait(Destination topic) {
        if (awaited.precede(topic)) {
            return afterSubscribe(topic);
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
}
