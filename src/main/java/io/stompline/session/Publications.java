package io.stompline.session;

import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.routing.DeliveryDelay;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.security.Action;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.ForeignHeaders;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import io.stompline.session.protocol.TimeToLive;
import io.stompline.session.rights.Rights;
import io.stompline.session.subscription.ReplyQueues;
import java.time.InstantSource;
import java.util.Optional;

/** Makes messages of SEND frames: who may send what where, and what of the frame travels. On the lane only. */
final class Publications {
    private final Rights rights;
    private final Subscribing subscribing;
    private final ReplyQueues replyQueues;
    private final String origin;
    private final Optional<String> sender;
    private final InstantSource clock;

    /**
     * For one connection.
     *
     * @param rights of the caller
     * @param subscribing has the subscriptions among which temporary queues count
     * @param origin the session's id
     * @param sender who every message says has sent it; empty if names are private
     * @param clock the time of day
     */
    Publications(
            Rights rights,
            Subscribing subscribing,
            ReplyQueues replyQueues,
            String origin,
            Optional<String> sender,
            InstantSource clock) {
        this.rights = rights;
        this.subscribing = subscribing;
        this.replyQueues = replyQueues;
        this.origin = origin;
        this.sender = sender;
        this.clock = clock;
    }

    /**
     * The message of a SEND.
     *
     * @throws StompException INVALID_DESTINATION, INVALID_HEADER, FORBIDDEN, LIMIT_EXCEEDED or DESTINATION_FULL
     * @throws io.stompline.routing.BusException BAD_HEADER
     */
    Message message(ClientFrame send) {
        Destination target = target(send.destination());
        if (target.kind() == Destination.Kind.TEMP_QUEUE) {
            DeliveryDelay.checkNone(send.published(), "a temporary queue delivers");
        }
        ForeignHeaders.checkSend(send);
        boolean delayed = DeliveryDelay.millis(send.published()) > 0;
        rights.checkRoom(target, send.frame().body().size(), delayed);
        Headers headers = TimeToLive.asMoment(headers(send), clock);
        return Message.of(target, headers, send.frame().body(), origin);
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

    /** @throws StompException INVALID_DESTINATION with that refusal, for a destination with wildcards */
    static void checkNoPattern(Destination destination, String refusal) {
        if (destination.isPattern()) {
            throw new StompException(StompError.INVALID_DESTINATION, refusal);
        }
    }

    /**
     * The headers that travel: those of the client without what only the server says, the address of a reply, and who
     * sent it. In a message that a client published, receivers can rely on the last.
     *
     * @throws StompException INVALID_DESTINATION, FORBIDDEN or LIMIT_EXCEEDED
     */
    Headers headers(ClientFrame send) {
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
}
