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
    /** By their keys, with the destination as the client wrote it. */
    private final Map<String, String> denied;

    /** The ids of what acknowledged by itself and has ended. */
    private final Map<String, Boolean> endedAutomatic;

    private boolean hadAutomatic;
    private long lastNumber;

    /** @param maxEnded how many that are not open any more, or were not allowed, it remembers of each kind */
    SubscriptionIndex(int maxEnded) {
        this.denied = new RecentMap<>(maxEnded);
        this.endedAutomatic = new RecentMap<>(maxEnded);
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
        hadAutomatic |= isAutomatic(fed);
    }

    /** Remembers a SUBSCRIBE that was not allowed, unless an open subscription has its id. */
    void noteDenied(ClientFrame subscribe) {
        if (find(subscribe).isEmpty()) {
            denied.put(
                    key(subscribe),
                    subscribe.frame().header("destination").orElse("").strip());
        }
    }

    /** Remembers a subscription that is not allowed any more and is about to be removed. */
    void noteDenied(FedSubscription fed) {
        byKey.forEach((key, open) -> {
            if (open.equals(fed)) {
                denied.put(key, fed.subscription().terms().destination().text());
            }
        });
    }

    /** Forgets what UNSUBSCRIBE names among them; whether there was any. */
    boolean forgetDenied(ClientFrame unsubscribe) {
        return unsubscribe.id().isPresent()
                ? denied.remove(key(unsubscribe)) != null
                : denied.values().removeIf(unsubscribe.destination().text()::equals);
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

    /**
     * Whether what ACK or NACK names may have come to something that acknowledges by itself. Nobody remembers the ids
     * of such messages: if the frame names no subscription, any such message will do.
     */
    boolean namesAutomatic(ClientFrame ackOrNack) {
        Optional<String> named = ackOrNack.subscription();
        if (named.isEmpty()) {
            return hadAutomatic;
        }
        FedSubscription open = byKey.get(keyOfId(named.get()));
        return open == null ? endedAutomatic.containsKey(named.get()) : isAutomatic(open);
    }

    /** Notes what acknowledges by itself and has no subscription of its own, such as a temporary queue. */
    void noteAutomatic(String id) {
        hadAutomatic = true;
        endedAutomatic.put(id, true);
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
        if (isAutomatic(fed)) {
            fed.subscription().terms().id().ifPresent(this::noteAutomatic);
        }
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

    private static boolean isAutomatic(FedSubscription fed) {
        return fed.subscription().terms().ackMode() == AckMode.AUTO;
    }

    private static String keyOfId(String id) {
        return "id " + id;
    }

    /** STOMP 1.0 may name a subscription by its destination. */
    private static String key(ClientFrame frame) {
        return frame.id().map(SubscriptionIndex::keyOfId).orElseGet(() -> "destination " + frame.destination());
    }
}
