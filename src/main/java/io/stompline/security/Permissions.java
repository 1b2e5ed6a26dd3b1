package io.stompline.security;

import io.stompline.routing.Destination;
import io.stompline.security.quota.DestinationQuota;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Answers whether a caller may do something with a destination: reserved names are refused first, then {@link
 * AccessControl} decides, then the quota of queues and topics. Thread-safe; may block as long as AccessControl does.
 */
public final class Permissions {
    private static final System.Logger LOG = System.getLogger(Permissions.class.getName());

    private final AccessControl control;
    private final DestinationQuota quota;
    private final Predicate<Destination> reserved;

    /**
     * Permissions.
     *
     * @param control decides for the application
     * @param quota limits the number of queues and topics of a user
     * @param reserved names that belong to the message broker
     */
    public Permissions(AccessControl control, DestinationQuota quota, Predicate<Destination> reserved) {
        this.control = control;
        this.quota = quota;
        this.reserved = reserved;
    }

    /** See {@link AccessControl#changesItsMind()}. */
    public boolean mayChange() {
        return control.changesItsMind();
    }

    /**
     * Checks one frame of a client.
     *
     * @return why it is refused; empty if it is allowed
     */
    public Optional<Refusal> refusal(Caller caller, Action action, Destination destination) {
        return denial(caller, action, destination).or(() -> overQuota(caller, action, destination));
    }

    /**
     * Checks again what a client has already; limits of what is new do not matter.
     *
     * @return why it is refused; empty if it is allowed
     */
    public Optional<Refusal> denial(Caller caller, Action action, Destination destination) {
        // Who may see who is in a topic is a matter of that topic.
        Destination meant = destination.watched();
        if (meant.isReserved() || reserved.test(meant)) {
            return Optional.of(forbidden(action));
        }
        try {
            return control.decide(caller, action, meant);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the access control failed, which counts as a refusal: " + action + " of " + destination,
                    e);
            return Optional.of(forbidden(action));
        }
    }

    private Optional<Refusal> overQuota(Caller caller, Action action, Destination destination) {
        return quota.excess(caller.name(), destination, action.sends())
                .map(why -> new Refusal(Refusal.Reason.LIMIT, why));
    }

    private static Refusal forbidden(Action action) {
        return new Refusal(Refusal.Reason.FORBIDDEN, "this user may not " + action.verb() + " this destination");
    }
}
