package io.stompline.session;

import io.stompline.broker.Destination;
import io.stompline.broker.Message;
import io.stompline.frame.Headers;
import io.stompline.security.Access;
import io.stompline.security.Caller;
import java.util.Optional;

/** Makes messages of SEND frames: who may send what where, and what of the frame travels. On the lane only. */
final class Publications {
    private final Access access;
    private final Subscriptions subscriptions;
    private final ReplyQueues replyQueues;
    private final String origin;

    /**
     * For one connection.
     *
     * @param subscriptions among which temporary queues count
     * @param origin the session's id
     */
    Publications(Access access, Subscriptions subscriptions, ReplyQueues replyQueues, String origin) {
        this.access = access;
        this.subscriptions = subscriptions;
        this.replyQueues = replyQueues;
        this.origin = origin;
    }

    /**
     * The message of a SEND.
     *
     * @throws StompException INVALID_DESTINATION, FORBIDDEN or LIMIT_EXCEEDED
     */
    Message message(ClientFrame send, Caller by) {
        Destination target = target(send.destination(), by);
        return Message.of(target, headers(send), send.frame().body(), origin);
    }

    private Destination target(Destination destination, Caller by) {
        if (destination.isPattern()) {
            throw new StompException(
                    StompError.INVALID_DESTINATION, "a message goes to one destination; wildcards are for SUBSCRIBE");
        }
        if (destination.kind() == Destination.Kind.TEMP_QUEUE) {
            return replyQueues.target(destination);
        }
        if (destination.kind() == Destination.Kind.USER) {
            throw new StompException(StompError.FORBIDDEN, "only the application sends to users");
        }
        if (!access.control().maySend(by, destination)) {
            throw new StompException(StompError.FORBIDDEN, "this user may not send to this destination");
        }
        if (destination.kind() == Destination.Kind.QUEUE && !access.queues().admits(by.name(), destination.name())) {
            throw new StompException(
                    StompError.LIMIT_EXCEEDED,
                    "this user has sent to more than " + access.queues().maxPerUser()
                            + " different queues (stompline.queue.max-per-user)");
        }
        return destination;
    }

    /** The headers that travel; a reply-to that names an own temporary queue becomes its address. */
    Headers headers(ClientFrame send) {
        Headers passedOn = send.passedOn();
        Optional<Destination> replyTo = send.replyTo();
        if (replyTo.isEmpty()) {
            return passedOn;
        }
        return new Headers.Builder()
                .addAll(passedOn.firstOfEach(name -> !name.equals("reply-to")))
                .add("reply-to", address(replyTo.get()).text())
                .build();
    }

    private Destination address(Destination replyTo) {
        if (replyTo.kind() != Destination.Kind.TEMP_QUEUE) {
            return replyTo;
        }
        if (replyQueues.isNew(replyTo)) {
            subscriptions.checkRoom();
        }
        return replyQueues.address(replyTo);
    }
}
