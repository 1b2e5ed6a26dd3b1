package io.stompline.session.protocol;

import io.stompline.config.Setting;
import io.stompline.routing.DeliveryDelay;
import io.stompline.routing.Destination;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Headers of SUBSCRIBE, UNSUBSCRIBE and SEND that other brokers define: those that Stompline supports, and those that
 * it refuses because the client would wait for messages that never come, or rely on what is not done.
 */
public final class ForeignHeaders {
    /** Artemis has had two names for it, and ActiveMQ: its first had a letter less, and clients still send both. */
    private static final List<String> DURABLE_NAMES = List.of(
            "durable-subscription-name",
            "durable-subscriber-name",
            "activemq.subscriptionName",
            "activemq.subcriptionName");

    private static final String KEEP = "durable:true with a name keeps the messages of a topic";

    /**
     * Of RabbitMQ, which makes a queue by them if there is none. By their whole names: a SEND may have an {@code
     * x-max-price} of its own.
     */
    private static final List<String> ARGUMENTS_OF_QUEUES = List.of(
            "x-consumer-timeout",
            "x-dead-letter-exchange",
            "x-dead-letter-routing-key",
            "x-dead-letter-strategy",
            "x-delivery-limit",
            "x-expires",
            "x-initial-cluster-size",
            "x-max-age",
            "x-max-in-memory-bytes",
            "x-max-in-memory-length",
            "x-max-length",
            "x-max-length-bytes",
            "x-max-priority",
            "x-overflow",
            "x-queue-leader-locator",
            "x-queue-master-locator",
            "x-queue-mode",
            "x-queue-version",
            "x-quorum-initial-group-size",
            "x-quorum-target-group-size",
            "x-single-active-consumer",
            "x-stream-filter-size-bytes",
            "x-stream-max-segment-size-bytes");

    private static final String CONFIGURE = "queues are configured at the message broker";

    /** Of ActiveMQ, which makes JSON or XML of objects by it. */
    private static final String TRANSFORMATION = "transformation";

    private static final String NOT_TRANSFORMED = "a body is text or octets, by its content-type, and stays what it is";

    /** In a SUBSCRIBE, with what to use instead. */
    private static final Map<String, String> REFUSED = Map.of(
            "x-queue-name",
            "a /queue/ is shared by its name, and " + KEEP,
            "x-stream-filter",
            "use the header selector",
            "x-message-ttl",
            "a SEND says when its message expires",
            TRANSFORMATION,
            NOT_TRANSFORMED);

    /** Begins names that Artemis gives a meaning. */
    private static final String ARTEMIS = "_AMQ_";

    private static final String ARTEMIS_ONLY = "names that begin with _AMQ_ mean something to Artemis alone";
    private static final String GROUPS =
            "messages of a group go to any consumer of a queue; a /queue/ for each group with one consumer keeps them together";

    /** In a SEND to a queue, the one value of a header that is refused; for topics they mean nothing anywhere. */
    private static final Map<String, String> REFUSED_FOR_QUEUES =
            Map.of("exclusive", "true", "activemq.exclusive", "true", "auto-delete", "true", "x-queue-type", "stream");

    /** In a SEND, with what to use instead. */
    private static final Map<String, String> REFUSED_IN_SEND = refusedInSend();

    private static final Set<String> FLAGS_OF_QUEUES = Set.of("exclusive", "activemq.exclusive");

    private ForeignHeaders() {}

    private static Map<String, String> refusedInSend() {
        Map<String, String> refused = new HashMap<>();
        ARGUMENTS_OF_QUEUES.forEach(name -> refused.put(name, CONFIGURE));
        List.of("JMSXGroupID", "JMSXGroupSeq", "_AMQ_GROUP_ID", "_AMQ_GROUP_SEQUENCE")
                .forEach(name -> refused.put(name, GROUPS));
        REFUSED_FOR_QUEUES.keySet().forEach(name -> refused.put(name, CONFIGURE));
        refused.put(TRANSFORMATION, NOT_TRANSFORMED);
        refused.put("_AMQ_DUPL_ID", "with x-idempotency-key a SEND is carried out once");
        refused.put("_AMQ_LVQ_NAME", Setting.LAST_VALUE.key() + " keeps the last value of each key of a topic");
        return Map.copyOf(refused);
    }

    /**
     * Refuses a SUBSCRIBE that asks for something that Stompline does not do.
     *
     * @throws StompException INVALID_HEADER
     */
    public static void check(ClientFrame subscribe) {
        REFUSED.forEach((name, instead) -> refuseIf(subscribe.has(name), name, instead));
        ARGUMENTS_OF_QUEUES.forEach(name -> refuseIf(subscribe.has(name), name, CONFIGURE));
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
        checkType(subscribe, "subscription-type", queue);
    }

    /**
     * Refuses a SEND to the message broker that asks for something that Stompline does not do. {@link TimeToLive} and
     * {@link DeliveryDelay} read what it does.
     *
     * @throws StompException INVALID_HEADER
     */
    public static void checkSend(ClientFrame send) {
        boolean queue = send.destination().kind() == Destination.Kind.QUEUE;
        checkType(send, "destination-type", queue);
        // Every SEND passes here: one look at each header that it has.
        send.frame().headers().forEach((name, value) -> {
            boolean artemis = name.startsWith(ARTEMIS) && !DeliveryDelay.isHeader(name);
            String instead = REFUSED_IN_SEND.get(name);
            refuseIf(
                    (artemis || (instead != null && isRefused(name, value, queue))) && !value.isEmpty(),
                    name,
                    instead == null ? ARTEMIS_ONLY : instead);
        });
    }

    private static boolean isRefused(String name, String value, boolean queue) {
        String only = REFUSED_FOR_QUEUES.get(name);
        return only == null || (queue && only.equalsIgnoreCase(value));
    }

    private static void checkType(ClientFrame frame, String header, boolean queue) {
        String type = queue ? "ANYCAST" : "MULTICAST";
        refuseIf(
                frame.id(header).filter(asked -> !asked.equalsIgnoreCase(type)).isPresent(),
                header,
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
