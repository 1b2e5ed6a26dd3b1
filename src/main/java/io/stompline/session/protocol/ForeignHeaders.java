package io.stompline.session.protocol;

import io.stompline.routing.Destination;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Headers of a SUBSCRIBE or UNSUBSCRIBE that other brokers define: those that Stompline supports, and those that it
 * refuses because the client would wait for messages that never come.
 */
public final class ForeignHeaders {
    /** Artemis has had two names for it; the third is ActiveMQ's. */
    private static final List<String> DURABLE_NAMES =
            List.of("durable-subscription-name", "durable-subscriber-name", "activemq.subscriptionName");

    private static final String KEEP = "durable:true with a name keeps the messages of a topic";
    private static final String CONFIGURE = "queues are configured at the message broker";

    /** With what to use instead. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("x-queue-name", "a /queue/ is shared by its name, and " + KEEP),
            Map.entry("x-stream-filter", "use the header selector"),
            Map.entry("x-message-ttl", "a SEND says when its message expires"),
            Map.entry("x-expires", CONFIGURE),
            Map.entry("x-max-length", CONFIGURE),
            Map.entry("x-max-length-bytes", CONFIGURE),
            Map.entry("x-overflow", CONFIGURE),
            Map.entry("x-dead-letter-exchange", CONFIGURE),
            Map.entry("x-dead-letter-routing-key", CONFIGURE),
            Map.entry("x-max-priority", CONFIGURE),
            Map.entry("x-single-active-consumer", CONFIGURE));

    private static final Set<String> FLAGS_OF_QUEUES = Set.of("exclusive", "activemq.exclusive");

    private ForeignHeaders() {}

    /**
     * Refuses a SUBSCRIBE that asks for something that Stompline does not do.
     *
     * @throws StompException INVALID_HEADER
     */
    public static void check(ClientFrame subscribe) {
        REFUSED.forEach((name, instead) -> refuseIf(subscribe.has(name), name, instead));
        refuseIf(subscribe.flag("browser", false), "browser", "a queue is consumed, it cannot be looked at");
        refuseIf(subscribe.flag("activemq.retroactive", false), "activemq.retroactive", KEEP);
        boolean queue = subscribe.destination().kind() == Destination.Kind.QUEUE;
        for (String name : FLAGS_OF_QUEUES) {
            refuseIf(subscribe.flag(name, false) && queue, name, "a queue is for all its subscribers");
        }
        // RabbitMQ gives each subscriber of a stream all of it; its other types share their messages, as here.
        refuseIf(
                subscribe.id("x-queue-type").filter("stream"::equalsIgnoreCase).isPresent(),
                "x-queue-type:stream",
                KEEP);
        checkKept(subscribe, queue, subscribe.isDurable());
        String type = queue ? "ANYCAST" : "MULTICAST";
        refuseIf(
                subscribe
                        .id("subscription-type")
                        .filter(asked -> !asked.equalsIgnoreCase(type))
                        .isPresent(),
                "subscription-type",
                "the prefix of a destination says it, /topic/ or /queue/");
    }

    /** The name of a durable subscription that one of those headers gives. */
    static Optional<String> durableName(ClientFrame frame) {
        return DURABLE_NAMES.stream().flatMap(name -> frame.id(name).stream()).findFirst();
    }

    /** Whether messages are kept while nobody is subscribed: a queue's are, a topic's if it is durable. */
    private static void checkKept(ClientFrame subscribe, boolean queue, boolean durable) {
        boolean kept = queue || durable;
        boolean deleted = subscribe.flag("auto-delete", !kept);
        refuseIf(kept && deleted, "auto-delete:true", "what is sent to a queue or a durable subscription is kept");
        refuseIf(!kept && !deleted, "auto-delete:false", KEEP);
        refuseIf(!kept && subscribe.flag("persistent", false), "persistent:true", KEEP);
    }

    private static void refuseIf(boolean asked, String header, String instead) {
        if (asked) {
            throw new StompException(
                    StompError.INVALID_HEADER,
                    "the header " + header + " of other brokers is not supported here: " + instead);
        }
    }
}
