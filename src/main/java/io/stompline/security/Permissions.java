package io.stompline.security;

import io.stompline.config.Setting;
import io.stompline.routing.Destination;
import io.stompline.security.quota.TopicQuota;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Answers whether a caller may do something with a destination: reserved names are refused first, then {@link
 * AccessControl} decides, then the quotas of queues and topics. Thread-safe; may block as long as AccessControl does.
 */
public final class Permissions {
    private static final System.Logger LOG = System.getLogger(Permissions.class.getName());

    private final AccessControl control;
    private final QueueQuota queues;
    private final TopicQuota topics;
    private final Predicate<Destination> reserved;

    /**
     * Permissions.
     *
     * @param control decides for the application
     * @param queues limits the number of queues of a user
     * @param topics limits the number of topics of a user, and of queues that it reads
     * @param reserved names that belong to the message broker
     */
    public Permissions(AccessControl control, QueueQuota queues, TopicQuota topics, Predicate<Destination> reserved) {
        this.control = control;
        this.queues = queues;
        this.topics = topics;
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
        return switch (destination.kind()) {
            case QUEUE -> overQueues(caller, action, destination);
            case TOPIC -> overBrief(caller, destination);
            case TEMP_QUEUE, USER, APP, PRESENCE -> Optional.empty();
        };
    }

    private Optional<Refusal> overQueues(Caller caller, Action action, Destination queue) {
        if (!action.sends()) {
            return overBrief(caller, queue);
        }
        if (queues.admits(caller.name(), queue.name())) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                Refusal.Reason.LIMIT,
                "this user has sent to more than " + queues.maxPerUser() + " different queues ("
                        + Setting.QUEUE_MAX_PER_USER.key() + ")"));
    }

    /** A topic, or a queue that is read: the message broker makes it, and drops it again. A pattern makes no topic. */
    private Optional<Refusal> overBrief(Caller caller, Destination brief) {
        if (brief.isPattern() || topics.admits(caller.name(), brief.text())) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                Refusal.Reason.LIMIT,
                "this user has used more than " + topics.maxPerUser()
                        + " different topics and queues to read within two minutes ("
                        + Setting.TOPIC_MAX_PER_USER.key() + ")"));
    }

    private static Refusal forbidden(Action action) {
        return new Refusal(Refusal.Reason.FORBIDDEN, "this user may not " + action.verb() + " this destination");
    }
}
