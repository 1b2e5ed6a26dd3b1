package io.stompline.session.rights;

import io.stompline.metrics.Counter;
import io.stompline.routing.Destination;
import io.stompline.security.Action;
import io.stompline.security.Caller;
import io.stompline.security.Permissions;
import io.stompline.security.Refusal;
import io.stompline.security.quota.Excess;
import io.stompline.security.quota.StoreQuota;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The rights of the caller of one connection. Thread-safe; may block as long as the application's access control does.
 *
 * @param current the connected user, as its newest credentials say
 * @param permissions permissions of the node
 * @param store limits the messages that the message broker keeps for the caller
 * @param excesses counts refused SENDs
 */
public record Rights(Supplier<Caller> current, Permissions permissions, StoreQuota store, Counter excesses) {
    /**
     * Checks one frame.
     *
     * @throws StompException FORBIDDEN or LIMIT_EXCEEDED
     */
    public void check(Action action, Destination destination) {
        throwIfPresent(permissions.refusal(current.get(), action, destination));
    }

    /**
     * Checks what a SUBSCRIBE asks for.
     *
     * @return what the subscription depends on as long as it is open
     * @throws StompException FORBIDDEN, LIMIT_EXCEEDED or INVALID_HEADER
     */
    public Set<Action> checkSubscribe(ClientFrame subscribe) {
        if (subscribe.destination().kind() == Destination.Kind.PRESENCE) {
            check(Action.SEE_PRESENCE, subscribe.destination());
            return EnumSet.of(Action.SEE_PRESENCE);
        }
        Set<Action> actions = EnumSet.of(Action.SUBSCRIBE);
        check(Action.SUBSCRIBE, subscribe.destination());
        if (subscribe.isDurable()) {
            check(Action.SUBSCRIBE_DURABLE, subscribe.destination());
            actions.add(Action.SUBSCRIBE_DURABLE);
        }
        return actions;
    }

    /** Whether a frame would be allowed. */
    public boolean allows(Action action, Destination destination) {
        return permissions.refusal(current.get(), action, destination).isEmpty();
    }

    /**
     * Checks again what was allowed before.
     *
     * @throws StompException FORBIDDEN
     */
    void checkAgain(Action action, Destination destination) {
        throwIfPresent(permissions.denial(current.get(), action, destination));
    }

    /** Whether what was allowed before may be denied now, since the application is asked. */
    public boolean mayAsk() {
        return permissions.mayChange();
    }

    private static void throwIfPresent(Optional<Refusal> refusal) {
        if (refusal.isPresent()) {
            StompException refused = new StompException(
                    error(refusal.get().reason()), refusal.get().detail());
            throw refusal.get().hint().map(refused::hinting).orElse(refused);
        }
    }

    /**
     * Checks for room for one message that may be sent.
     *
     * @param delayed whether the message broker keeps it for a while
     * @throws StompException LIMIT_EXCEEDED or DESTINATION_FULL
     */
    public void checkRoom(Destination destination, int bodyBytes, boolean delayed) {
        Optional<Excess> excess = store.admit(current.get().name(), destination, bodyBytes, delayed);
        if (excess.isPresent()) {
            excesses.increment();
            throw new StompException(error(excess.get().of()), excess.get().detail());
        }
    }

    private static StompError error(Excess.Owner limit) {
        return switch (limit) {
            case USER -> StompError.LIMIT_EXCEEDED;
            case BROKER -> StompError.DESTINATION_FULL;
        };
    }

    private static StompError error(Refusal.Reason reason) {
        return switch (reason) {
            case FORBIDDEN -> StompError.FORBIDDEN;
            case LIMIT -> StompError.LIMIT_EXCEEDED;
        };
    }
}
