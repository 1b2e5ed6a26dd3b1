package io.stompline.session.subscription;

import io.stompline.bounds.RecentMap;
import io.stompline.routing.Destination;
import io.stompline.session.protocol.AckMode;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the subscriptions of one connection: by the id that the client gave them, and by the message ids that they
 * made. On the lane only, except {@link #all()}.
 */
final class SubscriptionIndex {
    private final Map<String, FedSubscription> byKey = new ConcurrentHashMap<>();
    private final Map<Long, Subscription> byNumber = new HashMap<>();
    private final Map<String, Destination> denied;
    private long lastNumber;

    /** @param maxDenied how many SUBSCRIBEs that were not allowed it remembers */
    SubscriptionIndex(int maxDenied) {
        this.denied = new RecentMap<>(maxDenied);
    }

    /** All subscriptions that are open now. Any thread. */
    Collection<FedSubscription> all() {
        return Collections.unmodifiableCollection(byKey.values());
    }

    /** A number that no subscription of the connection has had, from 1. */
    long nextNumber() {
        lastNumber++;
        return lastNumber;
    }

    /** Enters the subscription that a SUBSCRIBE opened under a {@link #nextNumber}. */
    void add(ClientFrame subscribe, long number, FedSubscription fed) {
        byNumber.put(number, fed.subscription());
        byKey.put(key(subscribe), fed);
        denied.remove(key(subscribe));
    }

    /** Remembers a SUBSCRIBE that was not allowed, unless an open subscription has its id. */
    void noteDenied(ClientFrame subscribe) {
        if (find(subscribe).isEmpty()) {
            denied.put(key(subscribe), subscribe.destination());
        }
    }

    /** Remembers a subscription that is not allowed any more and is about to be removed. */
    void noteDenied(FedSubscription fed) {
        byKey.forEach((key, open) -> {
            if (open.equals(fed)) {
                denied.put(key, fed.subscription().terms().destination());
            }
        });
    }

    /** Forgets what UNSUBSCRIBE names among them; whether there was any. */
    boolean forgetDenied(ClientFrame unsubscribe) {
        return unsubscribe.id().isPresent()
                ? denied.remove(key(unsubscribe)) != null
                : denied.values().removeIf(unsubscribe.destination()::equals);
    }

    /** The subscription that a SUBSCRIBE opened, or that has its id. */
    Optional<FedSubscription> find(ClientFrame subscribe) {
        return Optional.ofNullable(byKey.get(key(subscribe)));
    }

    /**
     * The subscriptions that UNSUBSCRIBE names. 1.0 "UNSUBSCRIBE": a destination will do, whether SUBSCRIBE had an id
     * or not.
     */
    List<FedSubscription> named(ClientFrame unsubscribe) {
        if (unsubscribe.id().isPresent()) {
            return find(unsubscribe).stream().toList();
        }
        Destination destination = unsubscribe.destination();
        return byKey.values().stream()
                .filter(fed -> fed.subscription().terms().destination().equals(destination))
                .toList();
    }

    /** Whether the subscription that ACK or NACK names by its header acknowledges by itself. */
    boolean namesAutomatic(ClientFrame ackOrNack) {
        return ackOrNack
                .subscription()
                .map(id -> byKey.get(keyOfId(id)))
                .filter(fed -> fed.subscription().terms().ackMode() == AckMode.AUTO)
                .isPresent();
    }

    /**
     * The subscription that made a message id.
     *
     * @return nothing if it has ended
     * @throws StompException UNKNOWN_MESSAGE: no subscription of this connection made it
     */
    Optional<Subscription> maker(String messageId) {
        long number = MessageFrames.subscriptionNumber(messageId);
        if (number < 1 || number > lastNumber) {
            throw unknownMessage();
        }
        return Optional.ofNullable(byNumber.get(number));
    }

    /** Ends the time in which messages of the subscription can be acknowledged. */
    void removeNumber(FedSubscription fed) {
        byNumber.values().remove(fed.subscription());
    }

    /** Removes a subscription that was closed. */
    void remove(FedSubscription fed) {
        byKey.values().remove(fed);
    }

    /** Removes everything. */
    void clear() {
        byKey.clear();
        byNumber.clear();
    }

    /** The answer to an id that was never delivered. */
    static StompException unknownMessage() {
        return new StompException(
                StompError.UNKNOWN_MESSAGE,
                "this connection was given no message of that id to acknowledge; with ack:auto there is nothing to"
                        + " acknowledge");
    }

    private static String keyOfId(String id) {
        return "id " + id;
    }

    /** STOMP 1.0 may name a subscription by its destination. */
    private static String key(ClientFrame frame) {
        return frame.id().map(SubscriptionIndex::keyOfId).orElseGet(() -> "destination " + frame.destination());
    }
}
