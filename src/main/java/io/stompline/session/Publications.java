package io.stompline.session;

import io.stompline.frame.Headers;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.security.Access;
import io.stompline.security.Caller;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import io.stompline.session.subscription.ReplyQueues;
import io.stompline.session.subscription.Subscriptions;
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
        return Message.of(target, headers(send, by), send.frame().body(), origin);
    }

    private Destination target(Destination destination, Caller by) {
        checkNoPattern(destination, "a message goes to one destination; wildcards are for SUBSCRIBE");
        if (destination.kind() == Destination.Kind.TEMP_QUEUE) {
            return replyQueues.target(destination);
        }
        if (destination.kind() == Destination.Kind.USER) {
            throw new StompException(StompError.FORBIDDEN, "only the application sends to users");
        }
        checkAllowed(destination, by, "this user may not send to this destination");
        return destination;
    }

    private void checkAllowed(Destination destination, Caller by, String refusal) {
        if (!access.control().maySend(by, destination)) {
            throw new StompException(StompError.FORBIDDEN, refusal);
        }
        if (destination.kind() == Destination.Kind.QUEUE && !access.queues().admits(by.name(), destination.name())) {
            throw new StompException(
                    StompError.LIMIT_EXCEEDED,
                    "this user has sent to more than " + access.queues().maxPerUser()
                            + " different queues (stompline.queue.max-per-user)");
        }
    }

    private static void checkNoPattern(Destination destination, String refusal) {
        if (destination.isPattern()) {
            throw new StompException(StompError.INVALID_DESTINATION, refusal);
        }
    }

    /**
     * The headers that travel; a reply-to that names an own temporary queue becomes its address.
     *
     * @throws StompException INVALID_DESTINATION, FORBIDDEN or LIMIT_EXCEEDED
     */
    Headers headers(ClientFrame send, Caller by) {
        Headers passedOn = send.passedOn();
        Optional<Destination> replyTo = send.replyTo();
        if (replyTo.isEmpty()) {
            return passedOn;
        }
        return new Headers.Builder()
                .addAll(passedOn.firstOfEach(name -> !name.equals("reply-to")))
                .add("reply-to", address(replyTo.get(), by).text())
                .build();
    }

    /** Others will send there on behalf of this user: not to what the user may not send to. */
    private Destination address(Destination replyTo, Caller by) {
        checkNoPattern(replyTo, "a reply goes to one destination; reply-to has no wildcards");
        return switch (replyTo.kind()) {
            case TOPIC, QUEUE -> {
                checkAllowed(replyTo, by, "this user may not have replies sent to this destination");
                yield replyTo;
            }
            case TEMP_QUEUE -> {
                if (replyQueues.isNew(replyTo)) {
                    subscriptions.checkRoom();
                }
                yield replyQueues.address(replyTo);
            }
            case USER, APP ->
                throw new StompException(
                        StompError.INVALID_DESTINATION, "replies go to a /topic/, a /queue/ or a /temp-queue/");
        };
    }
}
