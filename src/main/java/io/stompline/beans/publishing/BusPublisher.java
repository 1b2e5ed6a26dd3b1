package io.stompline.beans.publishing;

import io.stompline.api.PublishException;
import io.stompline.api.PublishOptions;
import io.stompline.api.StompPublisher;
import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.routing.Audience;
import io.stompline.routing.BusException;
import io.stompline.routing.DeliveryDelay;
import io.stompline.routing.Destination;
import io.stompline.routing.Destination.Kind;
import io.stompline.routing.LocalTopics;
import io.stompline.routing.Message;
import io.stompline.routing.MessageBus;
import io.stompline.routing.TransactionalBus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Objects;
import java.util.Set;

/** Publishes on the message broker, in the transaction of the caller if there is one. Thread-safe. */
@ApplicationScoped
public class BusPublisher implements StompPublisher {
    private static final System.Logger LOG = System.getLogger(BusPublisher.class.getName());
    private static final String CONTENT_TYPE = "content-type";
    private static final Set<Kind> NOT_PUBLISHED_TO = Set.of(Kind.APP, Kind.PRESENCE);

    @Inject
    private MessageBus bus;

    @Inject
    private TransactionalBus transactionalBus;

    @Inject
    private LocalTopics localTopics;

    @Inject
    private JtaTransaction transaction;

    @Inject
    private KeptPublisher keptPublisher;

    @Inject
    private Payloads payloads;

    @Inject
    private LateFailures lateFailures;

    @Override
    public void publish(String destination, Object payload, PublishOptions options) {
        checkNotKept(options);
        Destination target = parse(destination);
        if (target.kind() == Kind.USER) {
            throw new IllegalArgumentException("messages are published to /topic/… and /queue/…, not to " + destination
                    + ": publishToUser reaches all tabs of a user, publishToSession one");
        }
        boolean reserved = target.isReserved() || bus.isReserved(target);
        if (NOT_PUBLISHED_TO.contains(target.kind()) || reserved) {
            throw new IllegalArgumentException(
                    "messages are published to /topic/… and /queue/…, not to " + destination);
        }
        publish(target, Audience.EVERYBODY, payload, options);
    }

    @Override
    public void publishToUser(String user, String destination, Object payload, PublishOptions options) {
        if (options.keptFor().isPresent()) {
            checkKept(options);
        }
        publish(Audience.CARRIER, Audience.ofUser(given(user, "user"), parseUsers(destination)), payload, options);
    }

    @Override
    public void publishToSession(String sessionId, String destination, Object payload, PublishOptions options) {
        checkNotKept(options);
        publish(
                Audience.CARRIER,
                Audience.ofSession(given(sessionId, "session"), parseUsers(destination)),
                payload,
                options);
    }

    private static void checkNotKept(PublishOptions options) {
        if (options.keptFor().isPresent()) {
            throw new IllegalArgumentException("only messages to a user are kept, by publishToUser");
        }
    }

    private static void checkKept(PublishOptions options) {
        if (options.isImmediate() || options.exceptSession().isPresent()) {
            throw new IllegalArgumentException(
                    "a kept message is a row of the caller's transaction, for all sessions of"
                            + " the user: neither immediately() nor except() goes with keptFor()");
        }
        if (options.headers().keySet().stream().anyMatch(DeliveryDelay::isHeader)) {
            throw new IllegalArgumentException(
                    "a kept message is shown as soon as its user is there: a delay does not go with keptFor()");
        }
    }

    private void publish(Destination target, Audience audience, Object payload, PublishOptions options) {
        Payloads.Written written = payloads.write(payload);
        Audience meant = options.exceptSession().map(audience::except).orElse(audience);
        Message message = Message.to(target, meant, headers(options, written.contentType()), written.body());
        try {
            publish(message, options);
        } catch (BusException e) {
            throw new PublishException("a message to " + target + " was not taken: " + e.getMessage(), e);
        }
    }

    private void publish(Message message, PublishOptions options) {
        if (options.keptFor().isPresent()) {
            if (transaction.isDoomed()) {
                throw doomed(message);
            }
            keptPublisher.publish(message, options.keptFor().get());
        } else if (options.isImmediate() || !transaction.isActive()) {
            bus.publish(message);
        } else if (transaction.isDoomed()) {
            throw doomed(message);
        } else if (options.isAfterCommit() || localTopics.contain(message.destination())) {
            bus.check(message);
            transaction.afterCommit(() -> publishCommitted(message));
        } else {
            transactionalBus.publish(message);
        }
    }

    private static PublishException doomed(Message message) {
        return new PublishException(
                "a message to " + message.destination() + " is not published, because the transaction will be"
                        + " rolled back; PublishOptions.immediately() publishes outside of it");
    }

    /** The bean cannot be told of a failure any more, only who called it. */
    private void publishCommitted(Message message) {
        try {
            bus.publish(message);
        } catch (BusException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "a message to " + message.destination() + " is lost: the transaction is committed, but "
                            + e.getMessage(),
                    e);
            lateFailures.note(e);
        }
    }

    private static Headers headers(PublishOptions options, String contentType) {
        Headers.Builder headers = new Headers.Builder();
        if (!options.headers().containsKey(CONTENT_TYPE)) {
            headers.add(CONTENT_TYPE, contentType);
        }
        options.headers().forEach((name, value) -> {
            // Only the number of a row that is there.
            if (!name.equals(HeaderNames.INBOX_ID)) {
                headers.add(name, value);
            }
        });
        return headers.build();
    }

    private static Destination parse(String destination) {
        return Destination.parse(given(destination, "destination"))
                .filter(parsed -> !parsed.isPattern())
                .orElseThrow(() -> new IllegalArgumentException("not a destination: '" + destination + "'; "
                        + Destination.fault(destination).orElse("messages are published to one, not to a pattern")));
    }

    private static String given(String value, String what) {
        return Objects.requireNonNull(value, () -> "the " + what + " that a message is published to is null");
    }

    /** As the user subscribes to it; {@code /queue/x} and {@code /topic/x} mean {@code /user/queue/x}, as in Spring. */
    static Destination parseUsers(String destination) {
        Destination parsed = parse(destination);
        return switch (parsed.kind()) {
            case USER -> {
                parsed.withoutUser().ifPresent(meant -> {
                    throw new IllegalArgumentException("users subscribe to " + meant + ", not to " + destination);
                });
                yield parsed;
            }
            case TOPIC, QUEUE -> parse("/user" + destination);
            case TEMP_QUEUE, APP, PRESENCE ->
                throw new IllegalArgumentException("users subscribe to /user/…, not to " + destination);
        };
    }
}
